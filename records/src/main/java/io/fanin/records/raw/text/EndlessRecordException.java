package io.fanin.records.raw.text;

/** The end of a broken record is unknown, and with it the number of records that would be skipped. */
public final class EndlessRecordException extends RuntimeException {

    /**
     * Names the place of the record.
     *
     * @param line of the object, from 1, where the record begins
     * @param offset bytes of the decompressed text before the record
     */
    public EndlessRecordException(long line, long offset) {
        super("line %d, after %d bytes: the end of a broken record cannot be told".formatted(line, offset));
    }
}
