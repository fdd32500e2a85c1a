package io.fanin.processor.parquet;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.KeyValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks the expectations of a partition whose rows are in Parquet files on the function's disk, before any is
 * published. An unsatisfied one is thrown as {@link ObjectDefectException} with {@link FailureCode#EXPECTATION_FAILED}.
 */
public final class RowRules {

    /** Rules without expectations. */
    public static final RowRules NONE = new RowRules(List.of(), List.of(), Deadline.NONE);

    private final List<Expectation> expectations;
    private final List<Rule> rules;
    private final Deadline deadline;

    private RowRules(List<Expectation> expectations, List<Rule> rules, Deadline deadline) {
        this.expectations = List.copyOf(expectations);
        this.rules = rules;
        this.deadline = deadline;
    }

    /** The check of a partition, whose values are columns in conditions. */
    public static RowRules of(
            List<Expectation> expectations, TableDefinition table, PartitionValues values, Deadline deadline) {
        return new RowRules(
                expectations, Rule.of(expectations, KeyValue.joined(KeyValue.of(table.keys(), values))), deadline);
    }

    /** Whether files are queried for conditions, which users have written. */
    public boolean runsConditions() {
        return !rules.isEmpty();
    }

    /** Checks one more file, which is needed only during the call. */
    public void add(DuckDb database, Path file) {
        FileQueries queries =
                new FileQueries(database, deadline, () -> "not all rows were checked against the expectations");
        for (Rule rule : rules) {
            rule.add(queries, "the partition's rows", TableRows.ofOwn(file));
        }
    }

    /** Called after the last file, with the rows of all of them. */
    public void end(long rows) {
        tooFew(expectations, rows).ifPresent(message -> {
            throw new ObjectDefectException(FailureCode.EXPECTATION_FAILED, message);
        });
        Rule.requireKept(rules, rows);
    }

    /** The expectation that a number of rows does not satisfy, for people. */
    public static Optional<String> tooFew(List<Expectation> expectations, long rows) {
        return unmet(expectations, least -> rows < least.atLeast(), String.valueOf(rows));
    }

    /**
     * The first expectation of a number of rows, for people. It cannot be satisfied if query engines count rows
     * differently.
     */
    public static Optional<String> uncounted(List<Expectation> expectations) {
        return unmet(expectations, least -> true, "a number that readers do not agree on");
    }

    private static Optional<String> unmet(
            List<Expectation> expectations, Predicate<Expectation.RowCount> isUnmet, String found) {
        return expectations.stream()
                .flatMap(expectation -> expectation
                        .rows()
                        .filter(isUnmet)
                        .map(least -> "expectations not met: '%s' needs %d rows or more, found %s"
                                .formatted(LogSafe.of(expectation.name()), least.atLeast(), found))
                        .stream())
                .findFirst();
    }
}
