package io.fanin.processor.convert;

import io.fanin.records.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Path;

/** Looks at the Parquet files that are made of a partition, before readers see any of them. What it throws fails the partition. */
public interface FilesCheck {

    /** Nothing is looked at. */
    FilesCheck NONE = new FilesCheck() {
        @Override
        public void add(DuckDb database, Path file) {}

        @Override
        public void end(long rows) {}
    };

    /**
     * Takes one more file, which is there until this returns.
     *
     * @param database that may read it
     */
    void add(DuckDb database, Path file) throws IOException;

    /**
     * After the last file.
     *
     * @param rows of all of them
     */
    void end(long rows);
}
