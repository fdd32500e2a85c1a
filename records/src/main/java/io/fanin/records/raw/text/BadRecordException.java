package io.fanin.records.raw.text;

/**
 * A record that cannot be read any further: its remaining bytes are meaningless. Without a stack trace, as there may be
 * many.
 */
public final class BadRecordException extends RuntimeException {

    public BadRecordException(String reason) {
        super(reason, null, false, false);
    }
}
