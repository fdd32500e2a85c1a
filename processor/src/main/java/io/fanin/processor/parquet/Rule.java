package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.spec.Expectation;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.sql.Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A condition that no row of a partition may break, and the rows that do. A null does not break it, as with SQL's
 * CHECK.
 */
final class Rule {

    private static final int SAMPLES = 3;

    private final String name;
    private final String condition;
    private final String keys;
    private final List<String> notNull;
    private final List<String> samples = new ArrayList<>();
    private boolean seesRowAlone;
    private long broken;

    private Rule(String name, String condition, String keys, List<String> notNull) {
        this.keys = keys;
        this.name = name;
        this.condition = condition;
        this.notNull = List.copyOf(notNull);
    }

    /** The rules for expectations about values. */
    static List<Rule> of(List<Expectation> expectations, String keys) {
        return expectations.stream()
                .map(expectation -> of(expectation, keys))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Rule> of(Expectation expectation, String keys) {
        return expectation
                .sql()
                .map(condition -> new Rule(expectation.name(), condition, keys, List.of()))
                .or(() -> expectation
                        .notNull()
                        .map(columns -> new Rule(expectation.name(), notNull(columns), keys, columns)));
    }

    private static String notNull(List<String> columns) {
        return columns.stream()
                .map(column -> Sql.identifier(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    /**
     * Whether the footer alone proves that all rows satisfy the rule: each row group says for each column that it has
     * no nulls.
     *
     * @throws UnsoundObjectException when the footer cannot be read
     */
    boolean isKept(Footers footers, ObjectSummary object, Path file) throws IOException {
        for (String column : notNull) {
            boolean told = footers.query(
                            object,
                            "SELECT coalesce(bool_and(coalesce(stats_null_count = 0, false)), false) FROM parquet_metadata("
                                    + Sql.path(file) + ") WHERE lower(path_in_schema) = lower(" + Sql.literal(column)
                                    + ")",
                            row -> row.holds(1))
                    .getFirst();
            if (!told) {
                return false;
            }
        }
        return !notNull.isEmpty();
    }

    /**
     * Checks the rows of one more file.
     *
     * @param what names the rows in messages
     * @param key of their object; empty if there is none
     * @throws UnsoundObjectException when the condition cannot be evaluated
     */
    void add(Questions database, String what, String key, Path file) throws IOException {
        if (!seesRowAlone) {
            requireRowAlone(database, what, key);
            seesRowAlone = true;
        }
        String rows = " FROM read_parquet(%s, binary_as_string = true) AS data%s WHERE NOT (%s\n)"
                .formatted(Sql.path(file), keys, condition);
        try {
            long own = database.query(
                            "SELECT count(*)" + rows, row -> row.number(1).orElse(0))
                    .getFirst();
            if (own > 0 && samples.size() < SAMPLES && database.samples().areShown()) {
                samples.addAll(database.query(
                        "SELECT CAST(data AS VARCHAR)" + rows + " LIMIT " + (SAMPLES - samples.size()),
                        row -> Printable.detail(row.text(1).orElse("NULL"))));
            }
            broken += own;
        } catch (DuckDbException e) {
            throw switch (e.kind()) {
                case NO_SPACE, INTERRUPTED -> e;
                case OUT_OF_MEMORY ->
                    ConversionException.outOfMemory("the expectation '" + Printable.detail(name) + "'", e);
                case OTHER -> cannotBeTold(what, key, e.getMessage(), e);
            };
        }
    }

    private void requireRowAlone(Questions database, String what, String key) throws IOException {
        Condition own = new Condition(condition);
        String parsed =
                database.query(own.parsing(), row -> row.text(1).orElse("{}")).getFirst();
        own.objection(parsed).ifPresent(why -> {
            throw cannotBeTold(what, key, why, null);
        });
    }

    private UnsoundObjectException cannotBeTold(String what, String key, String why, DuckDbException cause) {
        return new UnsoundObjectException(
                Defect.EXPECTATION_FAILED,
                key,
                "the expectation '%s' cannot be told of %s (%s): correct the spec or the data"
                        .formatted(Printable.detail(name), what, Printable.prose(why)),
                cause);
    }

    /**
     * Called after the last file.
     *
     * @throws UnsoundObjectException {@link Defect#EXPECTATION_FAILED} when rules are broken
     */
    static void requireKept(List<Rule> rules, long rows) {
        List<String> broken = rules.stream()
                .map(rule -> rule.broken(rows))
                .flatMap(Optional::stream)
                .toList();
        if (!broken.isEmpty()) {
            throw new UnsoundObjectException(
                    Defect.EXPECTATION_FAILED, "", "what is expected of it: " + String.join("; ", broken));
        }
    }

    /** The message if the rule is broken; empty if it is satisfied. */
    private Optional<String> broken(long rows) {
        return broken == 0
                ? Optional.empty()
                : Optional.of("'%s' is broken by %d of %d rows%s"
                        .formatted(
                                Printable.detail(name),
                                broken,
                                rows,
                                samples.isEmpty() ? "" : ", e.g. " + String.join(", ", samples)));
    }
}
