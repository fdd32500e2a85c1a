package io.fanin.processor.api;

import java.util.regex.Pattern;

/** A partition cannot be made, and an immediate retry would not help. */
public class PartitionFailedException extends Exception {

    private static final Pattern WORD = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");

    private static final long serialVersionUID = 1;

    private final String error;

    /**
     * A failure of one partition.
     *
     * @param error a stable word in CamelCase, such as {@code BadRecords}, of up to 64 letters and digits
     * @param message for people: the object, the expected state and the actual one; the first 500 characters are kept
     */
    public PartitionFailedException(String error, String message) {
        this(error, message, null);
    }

    /** A failure of one partition with its {@code cause}. */
    public PartitionFailedException(String error, String message, Throwable cause) {
        super(message, cause);
        if (!WORD.matcher(error).matches()) {
            throw new IllegalArgumentException(
                    "expected a word in CamelCase of up to 64 letters and digits, found '" + error + "'");
        }
        this.error = error;
    }

    public String error() {
        return error;
    }
}
