package io.fanin.processor.sql;

import io.fanin.core.s3.BucketNames;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableName;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.tables.RegisteredTable;
import io.fanin.records.tables.TableSource;
import java.util.Optional;

/**
 * Refuses tables whose data the stack may not read, since S3 would otherwise deny access in the middle of the work.
 *
 * @param buckets that the stack may read
 */
public record ReadableTables(TableSource tables, BucketNames buckets) implements TableSource {

    @Override
    public Optional<RegisteredTable> find(TableName name, int mostFolders) {
        Optional<RegisteredTable> found = tables.find(name, mostFolders);
        found.stream()
                .flatMap(table -> table.folders().stream())
                .map(RegisteredTable.Folder::location)
                .filter(folder -> !buckets.have(folder))
                .findFirst()
                .ifPresent(folder -> {
                    throw unreadable(name, folder);
                });
        return found;
    }

    private ConversionException unreadable(TableName name, S3Location folder) {
        return new ConversionException(
                "UnusableTable",
                "the query names table " + name + ", which has data in " + folder
                        + ", where the stack may not read (" + buckets
                        + "): name the bucket in the stack's parameter DataBuckets");
    }
}
