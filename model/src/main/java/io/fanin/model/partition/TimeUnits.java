package io.fanin.model.partition;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The units of a time, each identified by its index. */
final class TimeUnits {

    /** From coarse to fine. */
    static final List<ChronoUnit> ALL = List.of(
            ChronoUnit.YEARS,
            ChronoUnit.MONTHS,
            ChronoUnit.DAYS,
            ChronoUnit.HOURS,
            ChronoUnit.MINUTES,
            ChronoUnit.SECONDS);

    /** The beginning of a year, so that any unit can be replaced with a valid result. */
    static final LocalDateTime ORIGIN = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final List<ChronoField> FIELDS = List.of(
            ChronoField.YEAR,
            ChronoField.MONTH_OF_YEAR,
            ChronoField.DAY_OF_MONTH,
            ChronoField.HOUR_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);

    /** The letters for a unit's number in a format, in the order of {@link #ALL}. */
    private static final List<String> LETTERS = List.of("yu", "ML", "d", "H", "m", "s");

    private TimeUnits() {}

    /** The unit of a format's letter; negative if it is not a unit of time. */
    static int unitOf(char letter) {
        return IntStream.range(0, LETTERS.size())
                .filter(unit -> LETTERS.get(unit).indexOf(letter) >= 0)
                .findFirst()
                .orElse(-1);
    }

    /** Whether a number is in a unit's range: there is no month 13 and no hour 24, and a year has four digits. */
    static boolean isNumber(int unit, int number) {
        return unit == TimeKey.YEAR
                ? number >= TimePattern.FIRST_YEAR && number <= TimePattern.LAST_YEAR
                : FIELDS.get(unit).range().isValidValue(number);
    }

    /** The unit for a person to read, with its range unless that is well known. */
    static String described(int unit) {
        return TimeKey.name(unit)
                + (unit == TimeKey.YEAR ? ", " + TimePattern.FIRST_YEAR + " to " + TimePattern.LAST_YEAR : "");
    }

    /**
     * The time with a unit replaced.
     *
     * @throws DateTimeException if there is no such time, as on 30 February
     */
    static LocalDateTime with(LocalDateTime moment, int unit, int number) {
        if (!isNumber(unit, number)) {
            throw new DateTimeException(number + " is not a " + ALL.get(unit));
        }
        return moment.with(FIELDS.get(unit), number);
    }

    /** Whether a format's field is this unit's number in full width. */
    static boolean isFullWidth(PatternPart.Field field, int unit) {
        return unitOf(field.letter()) == unit && field.width() == TimeKey.digits(unit);
    }

    /** The beginning of the period that contains the time. */
    static LocalDateTime first(LocalDateTime moment, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> moment.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
            case MONTHS -> moment.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            default -> moment.truncatedTo(unit);
        };
    }

    /** The value of a unit in a time. */
    static int number(LocalDateTime moment, int unit) {
        return moment.get(FIELDS.get(unit));
    }

    /** The value of a unit in full width: four digits for a year, two for any other unit. */
    static String text(LocalDateTime moment, int unit) {
        return String.format(Locale.ROOT, "%0" + TimeKey.digits(unit) + "d", number(moment, unit));
    }
}
