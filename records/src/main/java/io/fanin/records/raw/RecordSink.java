package io.fanin.records.raw;

import io.fanin.records.duckdb.Chunk;
import java.io.IOException;

/** Receives the records of one object. */
public interface RecordSink {

    /** The chunk into whose last row the next record is written. May change after each good record. */
    Chunk chunk();

    /** Called when the written record is valid and complete. */
    void good() throws IOException;

    /**
     * Called when the record is bad; its written values have been removed.
     *
     * @param line of the object, from 1, where the record begins
     * @param raw the record's beginning
     */
    void bad(long line, String reason, byte[] raw) throws IOException;

    /** Called for a name in the records without a column, whose values are skipped. Not called for each occurrence. */
    void stray(String name);
}
