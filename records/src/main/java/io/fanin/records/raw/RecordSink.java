package io.fanin.records.raw;

import io.fanin.records.duckdb.Chunk;
import java.io.IOException;

/** Receives the records of one object. */
public interface RecordSink {

    /** The chunk into whose last row the next record is written; another one after a record that was sound. */
    Chunk chunk();

    /** The record that was written is sound, and whole. */
    void good() throws IOException;

    /**
     * The record is bad; what was written of it has been taken back.
     *
     * @param line of the object, from 1, where the record begins
     * @param raw the record's beginning
     */
    void bad(long line, String reason, byte[] raw) throws IOException;

    /** A name in the records is no column's, and its values are passed over. Not called for each of them. */
    void stray(String name);
}
