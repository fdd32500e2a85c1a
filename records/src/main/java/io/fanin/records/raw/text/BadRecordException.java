package io.fanin.records.raw.text;

/** A record cannot be read any further: what follows in it means nothing. Without a stack trace, as there may be many. */
public final class BadRecordException extends RuntimeException {

    private final boolean tooLong;

    public BadRecordException(String reason) {
        this(reason, false);
    }

    public BadRecordException(String reason, boolean tooLong) {
        super(reason, null, false, false);
        this.tooLong = tooLong;
    }

    /** Whether the record has to be passed over without being held in memory. */
    public boolean tooLong() {
        return tooLong;
    }
}
