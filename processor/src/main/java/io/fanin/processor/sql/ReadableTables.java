package io.fanin.processor.sql;

import io.fanin.core.s3.BucketNames;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.tables.RegisteredTable;
import io.fanin.records.tables.TableSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses tables in locations that the stack may not read. The function's role may allow more; if it does not, S3 would
 * deny access only during processing.
 *
 * @param whyNot the reason for refusing a location, in words that follow its name; absent if it may be read
 */
public record ReadableTables(TableSource tables, Function<S3Location, Optional<String>> whyNot) implements TableSource {

    /**
     * Refuses tables in the state bucket, which holds the project's own documents: specs and bad records of all tables.
     *
     * @param state the bucket's name
     */
    public static ReadableTables outside(TableSource tables, String state) {
        return new ReadableTables(
                tables,
                folder -> folder.bucket().equals(state)
                        ? Optional.of("in the stack's state bucket, which no query reads")
                        : Optional.empty());
    }

    /** Refuses tables in buckets other than these, which the stack may read. */
    public static ReadableTables within(TableSource tables, BucketNames buckets) {
        return new ReadableTables(
                tables,
                folder -> buckets.have(folder)
                        ? Optional.empty()
                        : Optional.of("where the stack may not read (" + buckets
                                + "): name the bucket in the stack's parameter DataBuckets, and start a new execution: a"
                                + " redriven one keeps the parameter as it was"));
    }

    @Override
    public Optional<RegisteredTable> find(TableName name, int mostFolders) {
        Optional<RegisteredTable> found = tables.find(name, mostFolders);
        found.stream()
                .flatMap(table -> table.folders().stream())
                .map(RegisteredTable.Folder::location)
                .forEach(folder -> require(name, folder));
        return found;
    }

    @Override
    public boolean readsRestored(TableName name) {
        return tables.readsRestored(name);
    }

    private void require(TableName name, S3Location folder) {
        whyNot.apply(folder).ifPresent(why -> {
            throw new ConversionException(
                    FailureCode.UNUSABLE_TABLE,
                    "the query names table " + name + ", which has data in " + folder + ", " + why);
        });
    }
}
