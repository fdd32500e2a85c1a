package io.fanin.records.raw.text;

/**
 * A record cannot be read any further: what follows in it means nothing. Without a stack trace, as there may be many.
 */
public final class BadRecordException extends RuntimeException {

    public BadRecordException(String reason) {
        super(reason, null, false, false);
    }
}
