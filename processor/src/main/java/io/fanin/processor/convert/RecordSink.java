package io.fanin.processor.convert;

import java.io.IOException;

/** Where the records of one object go. */
interface RecordSink {

    /** The buffer into which the next record is written. */
    RecordBuffer buffer();

    /** The record that was written is sound, and whole. */
    void good() throws IOException;

    /**
     * The record is bad; what was written of it is to be taken back.
     *
     * @param line of the object, from 1, where the record begins
     * @param raw the record's beginning
     */
    void bad(long line, String reason, byte[] raw) throws IOException;
}
