package io.fanin.processor.parquet;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.Printable;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.sql.Condition;
import io.fanin.records.tables.ParquetValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;

/**
 * A condition that every row of a partition must satisfy, and the rows that do not. A null satisfies it, as with SQL's
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
     * Whether the footer alone proves that all rows satisfy the rule: each row group has statistics without nulls for
     * each column.
     */
    boolean isKept(FileMetaData footer) {
        return !notNull.isEmpty()
                && footer.getRow_groupsSize() > 0
                && footer.getRow_groups().stream()
                        .allMatch(group -> notNull.stream()
                                .allMatch(column ->
                                        group.getColumns().stream().anyMatch(chunk -> isWithoutNulls(column, chunk))));
    }

    private static boolean isWithoutNulls(String column, ColumnChunk chunk) {
        ColumnMetaData metadata = chunk.getMeta_data();
        return metadata != null
                && String.join(".", metadata.getPath_in_schema()).equalsIgnoreCase(column)
                && metadata.isSetStatistics()
                && metadata.getStatistics().isSetNull_count()
                && metadata.getStatistics().getNull_count() == 0;
    }

    /** Checks the rows of one more file; {@code what} names them in messages. */
    void add(FileQueries database, String what, TableRows table) {
        if (!seesRowAlone) {
            new Condition(condition)
                    .objection(database.database(), database.deadline().left())
                    .ifPresent(why -> {
                        throw notEvaluated(what, why, null);
                    });
            seesRowAlone = true;
        }
        String rows = " FROM %s AS data%s WHERE NOT (%s\n)".formatted(table.relation(), keys, condition);
        try {
            long own = database.query(
                            "SELECT count(*)" + rows, row -> row.number(1).orElse(0))
                    .getFirst();
            broken += own;
            if (own > 0
                    && samples.size() < SAMPLES
                    && database.database().samples().areShown()) {
                addSamples(database, rows);
            }
        } catch (DuckDbException e) {
            throw switch (e.kind()) {
                case NO_SPACE, INTERRUPTED -> e;
                case OUT_OF_MEMORY ->
                    ConversionException.outOfMemory("the expectation '" + Printable.detail(name) + "'", e);
                case OTHER ->
                    cannotBeRead(database, what, table, e).orElseGet(() -> notEvaluated(what, e.getMessage(), e));
            };
        }
    }

    /**
     * Adds samples of the rows, which are shown whole. If one of them has a value that its column's type does not hold,
     * none are added.
     */
    private void addSamples(FileQueries database, String rows) {
        try {
            samples.addAll(database.query(
                    "SELECT CAST(data AS VARCHAR)" + rows + " LIMIT " + (SAMPLES - samples.size()),
                    row -> Printable.detail(row.text(1).orElse("NULL"))));
        } catch (DuckDbException e) {
            // The number of rows is already known.
            if (e.kind() != DuckDbException.Kind.OTHER) {
                throw e;
            }
        }
    }

    /** An error in the condition has a position. */
    private static Optional<ObjectDefectException> cannotBeRead(
            FileQueries database, String what, TableRows table, DuckDbException e) {
        return e.position().isPresent()
                ? Optional.empty()
                : ParquetValues.defect(
                                database.database(),
                                table.file(),
                                table.relation(),
                                database.deadline().left())
                        .map(why -> new ObjectDefectException(FailureCode.CORRUPT, what + why));
    }

    private ObjectDefectException notEvaluated(String what, String why, DuckDbException cause) {
        return new ObjectDefectException(
                FailureCode.EXPECTATION_FAILED,
                "the expectation '%s' cannot be evaluated on %s (%s): correct the spec or the data"
                        .formatted(Printable.detail(name), what, Printable.prose(why)),
                cause);
    }

    /** Called after the last file; throws {@link FailureCode#EXPECTATION_FAILED} for unsatisfied rules. */
    static void requireKept(List<Rule> rules, long rows) {
        List<String> broken = rules.stream()
                .map(rule -> rule.broken(rows))
                .flatMap(Optional::stream)
                .toList();
        if (!broken.isEmpty()) {
            throw new ObjectDefectException(
                    FailureCode.EXPECTATION_FAILED, "expectations not met: " + String.join("; ", broken));
        }
    }

    /** The message for an unsatisfied rule; empty if it is satisfied. */
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
