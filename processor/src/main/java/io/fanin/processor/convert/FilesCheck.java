package io.fanin.processor.convert;

import io.fanin.records.duckdb.DuckDb;
import java.io.IOException;
import java.nio.file.Path;

/** Checks the Parquet files of a partition before any is published; an exception fails the partition. */
public interface FilesCheck {

    /** Checks nothing. */
    FilesCheck NONE = new FilesCheck() {
        @Override
        public void add(DuckDb database, Path file) {}

        @Override
        public void end(long rows) {}
    };

    /**
     * Checks one more file, which exists until this returns.
     *
     * @param database to read it with
     */
    void add(DuckDb database, Path file) throws IOException;

    /**
     * Called after the last file.
     *
     * @param rows of all of them
     */
    void end(long rows);
}
