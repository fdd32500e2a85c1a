package io.fanin.cli.init;

import java.util.Locale;

/** A count and its precision. */
public record Amount(long count, Precision precision) {

    public static final Amount NONE = exactly(0);

    /** How a count was obtained. */
    public enum Precision {
        /** Everything was counted. */
        EXACT,
        /** Some was counted, and there may be more. */
        AT_LEAST,
        /** A part was counted, and the rest is assumed to be similar. */
        ABOUT
    }

    static Amount exactly(long count) {
        return new Amount(count, Precision.EXACT);
    }

    /** A count of all items, or a minimum if only some of them were counted. */
    static Amount counted(long count, boolean isWhole) {
        return new Amount(count, isWhole ? Precision.EXACT : Precision.AT_LEAST);
    }

    boolean isExact() {
        return precision == Precision.EXACT;
    }

    /** The count for a person to read: {@code 731}, {@code at least 3,000}, {@code about 8,760}. */
    @Override
    public String toString() {
        String number = String.format(Locale.ROOT, "%,d", count);
        return switch (precision) {
            case EXACT -> number;
            case AT_LEAST -> "at least " + number;
            case ABOUT -> "about " + number;
        };
    }
}
