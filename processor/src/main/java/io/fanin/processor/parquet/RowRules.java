package io.fanin.processor.parquet;

import io.fanin.core.partition.PartitionValues;
import io.fanin.core.spec.Expectation;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.text.LogSafe;
import io.fanin.processor.convert.FilesCheck;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.KeyValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Checks the expectations of a partition whose rows are in files on the function's disk. A broken one is thrown as
 * {@link UnsoundObjectException} with {@link Defect#EXPECTATION_FAILED}.
 */
public final class RowRules implements FilesCheck {

    private final List<Expectation> expectations;
    private final List<Rule> rules;
    private final Deadline deadline;

    /** @param values of the partition, which conditions see as columns */
    public RowRules(List<Expectation> expectations, TableDefinition table, PartitionValues values, Deadline deadline) {
        this.expectations = List.copyOf(expectations);
        this.rules = Rule.of(expectations, KeyValue.joined(KeyValue.of(table.keys(), values)));
        this.deadline = deadline;
    }

    /** The check of one partition's files; {@link FilesCheck#NONE} without expectations. */
    public static FilesCheck of(
            List<Expectation> expectations, TableDefinition table, PartitionValues values, Deadline deadline) {
        return expectations.isEmpty() ? FilesCheck.NONE : new RowRules(expectations, table, values, deadline);
    }

    @Override
    public void add(DuckDb database, Path file) {
        FileQuestions questions = new FileQuestions(
                database, deadline, () -> "the rows were not all held against what is expected of them");
        for (Rule rule : rules) {
            rule.add(questions, "the partition's rows", file);
        }
    }

    @Override
    public void end(long rows) {
        tooFew(expectations, OptionalLong.of(rows)).ifPresent(message -> {
            throw new UnsoundObjectException(Defect.EXPECTATION_FAILED, message);
        });
        Rule.requireKept(rules, rows);
    }

    /**
     * Which expectation a number of rows breaks, for people; empty if none.
     *
     * @param rows empty if query engines disagree about the number: they would disagree about the expectation
     */
    public static Optional<String> tooFew(List<Expectation> expectations, OptionalLong rows) {
        return expectations.stream()
                .flatMap(expectation -> expectation
                        .rows()
                        .filter(least -> rows.isEmpty() || rows.getAsLong() < least.atLeast())
                        .map(least -> "what is expected of it: '%s' wants %d rows or more, found %s"
                                .formatted(
                                        LogSafe.of(expectation.name()),
                                        least.atLeast(),
                                        rows.isPresent()
                                                ? String.valueOf(rows.getAsLong())
                                                : "a number that readers do not agree on"))
                        .stream())
                .findFirst();
    }
}
