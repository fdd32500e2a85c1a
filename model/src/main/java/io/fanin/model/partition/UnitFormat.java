package io.fanin.model.partition;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * The format of one unit of time in a key: {@code MM} in full width, {@code M} without leading zeros.
 *
 * @param unit its index in {@link TimeUnits#ALL}
 * @param width the least number of digits
 */
record UnitFormat(int unit, int width) implements KeyCodec.Format {

    /** Reads a key's format; empty if it is that of a complete time, or of none. */
    static Optional<UnitFormat> of(String format) {
        boolean isField = !format.isEmpty() && format.chars().allMatch(c -> c == format.charAt(0));
        int unit = isField ? TimeUnits.unitOf(format.charAt(0)) : -1;
        boolean isNumber = unit >= 0 && unit <= TimeKey.MINUTE;
        boolean isBare = unit > TimeKey.YEAR && format.length() == 1;
        return isNumber && (isBare || format.length() == TimeKey.digits(unit))
                ? Optional.of(new UnitFormat(unit, format.length()))
                : Optional.empty();
    }

    /** Whether a text is a number of the unit in exactly this form. */
    boolean reads(String text) {
        int number = TimeKey.number(unit, text);
        return TimeUnits.isNumber(unit, number) && write(number).equals(text);
    }

    String write(LocalDateTime moment) {
        return write(TimeUnits.number(moment, unit));
    }

    String write(Number number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }
}
