package io.fanin.core.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The units of which a moment is written, each known by its index. */
final class TimeUnits {

    /** From coarse to fine. */
    static final List<ChronoUnit> ALL = List.of(
            ChronoUnit.YEARS,
            ChronoUnit.MONTHS,
            ChronoUnit.DAYS,
            ChronoUnit.HOURS,
            ChronoUnit.MINUTES,
            ChronoUnit.SECONDS);

    private static final List<ChronoField> FIELDS = List.of(
            ChronoField.YEAR,
            ChronoField.MONTH_OF_YEAR,
            ChronoField.DAY_OF_MONTH,
            ChronoField.HOUR_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);

    /** The letters that write a unit's number, in the order of {@link #ALL}. */
    private static final List<String> LETTERS = List.of("yu", "ML", "d", "H", "m", "s");

    private TimeUnits() {}

    /** Whether the field of a format is this unit's number in full width. */
    static boolean isFullWidth(PatternPart.Field field, int unit) {
        return unit < LETTERS.size()
                && LETTERS.get(unit).indexOf(field.letter()) >= 0
                && field.width() == TimeKey.digits(unit);
    }

    /** The first moment of the period in which the moment lies. */
    static LocalDateTime first(LocalDateTime moment, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> moment.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
            case MONTHS -> moment.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            default -> moment.truncatedTo(unit);
        };
    }

    /** The moment's number of a unit. */
    static int number(LocalDateTime moment, int unit) {
        return moment.get(FIELDS.get(unit));
    }

    /** The same in full width: four digits of a year, two of anything else. */
    static String text(LocalDateTime moment, int unit) {
        return ("%0" + TimeKey.digits(unit) + "d").formatted(number(moment, unit));
    }
}
