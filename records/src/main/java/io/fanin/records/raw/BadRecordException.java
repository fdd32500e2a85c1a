package io.fanin.records.raw;

/** A record cannot be read any further: what follows in it means nothing. Without a stack trace, as there may be many. */
final class BadRecordException extends RuntimeException {

    private final boolean tooLong;

    BadRecordException(String reason) {
        this(reason, false);
    }

    /** @param tooLong whether the record has to be passed over without being held in memory */
    BadRecordException(String reason, boolean tooLong) {
        super(reason, null, false, false);
        this.tooLong = tooLong;
    }

    boolean tooLong() {
        return tooLong;
    }
}
