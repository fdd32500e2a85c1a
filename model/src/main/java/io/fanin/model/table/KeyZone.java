package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The time zone of a table's time keys. A period is named by the local time at which it begins, and consists of the
 * moments at which clocks in the zone show a time within it: of two hours if they are set back during it, of none if
 * they skip it.
 *
 * @param id of a region, {@code UTC}, or an offset of hours and minutes; its text is read as the same zone
 */
public record KeyZone(ZoneId id) {

    /** The zone of keys without a stated one. */
    public static final KeyZone UTC = new KeyZone(ZoneId.of("UTC"));

    /** With the name that Java gives to an offset of nothing, which documents may have. */
    private static final Pattern OFFSET = Pattern.compile("Z|[+-](0\\d|1[0-7]):[0-5]\\d");

    /** The longest period that a zone has ever skipped: Samoa had no 30 December in 2011. */
    private static final ChronoUnit LONGEST_SKIPPED = ChronoUnit.DAYS;

    /** Names that Java knows, and the IANA database does not. */
    private static final String FOREIGN = "SystemV/";

    /** An offset of nothing is {@code UTC}. */
    public KeyZone {
        id = id.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : id;
    }

    /**
     * Reads the name of a region in the IANA database, or an offset such as {@code +05:30}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    @JsonCreator
    public static KeyZone of(String text) {
        boolean isRegion = ZoneId.getAvailableZoneIds().contains(text) && !text.startsWith(FOREIGN);
        if (!isRegion && !OFFSET.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected a time zone such as Europe/Berlin, UTC or +05:30, found '" + text + "'");
        }
        return new KeyZone(ZoneId.of(text));
    }

    public LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment, id);
    }

    /** When clocks first show a local time; if they skip it, the moment at which they do. */
    public Instant begin(LocalDateTime first) {
        return jump(first)
                .map(ZoneOffsetTransition::getInstant)
                .orElseGet(() -> first.toInstant(rules().getValidOffsets(first).getFirst()));
    }

    /**
     * When the period that begins at a local time is over. A period that clocks skip has its usual length, from the
     * moment of the change.
     */
    public Instant end(LocalDateTime first, TemporalUnit unit) {
        return isSkipped(first, unit) ? begin(first).plus(usual(first, unit)) : passed(first.plus(1, unit));
    }

    /** When clocks have shown all times before a local time. */
    private Instant passed(LocalDateTime local) {
        List<ZoneOffset> offsets = rules().getValidOffsets(local);
        boolean isWithinRepetition =
                offsets.size() > 1 && local.isAfter(rules().getTransition(local).getDateTimeAfter());
        return isWithinRepetition ? local.toInstant(offsets.getLast()) : begin(local);
    }

    /** Whether clocks show no time of the period that begins at a local time. */
    public boolean isSkipped(LocalDateTime first, TemporalUnit unit) {
        return jump(first)
                .filter(jump -> !first.plus(1, unit).isAfter(jump.getDateTimeAfter()))
                .isPresent();
    }

    /** The last period before the one that begins at a local time, of those that clocks show. */
    public LocalDateTime periodBefore(LocalDateTime first, TemporalUnit unit) {
        LocalDateTime before = first.minus(1, unit);
        return isSkipped(before, unit) ? periodBefore(before, unit) : before;
    }

    /** The change that skips a local time; empty if there is such a time. */
    private Optional<ZoneOffsetTransition> jump(LocalDateTime local) {
        return Optional.ofNullable(rules().getTransition(local)).filter(ZoneOffsetTransition::isGap);
    }

    /** The periods between two that clocks skip, in their order; the two may be among them. */
    public Stream<LocalDateTime> skippedBetween(LocalDateTime first, LocalDateTime last, TemporalUnit unit) {
        if (rules().isFixedOffset() || unit.getDuration().compareTo(LONGEST_SKIPPED.getDuration()) > 0) {
            return Stream.empty();
        }
        List<LocalDateTime> skipped = new ArrayList<>();
        Instant end = begin(last).plusNanos(1);
        ZoneOffsetTransition change = rules().nextTransition(begin(first).minusNanos(1));
        while (change != null && change.getInstant().isBefore(end)) {
            LocalDateTime period = firstAfter(change, unit);
            while (change.isGap() && !period.plus(1, unit).isAfter(change.getDateTimeAfter())) {
                skipped.add(period);
                period = period.plus(1, unit);
            }
            change = rules().nextTransition(change.getInstant());
        }
        return skipped.stream().filter(period -> !period.isBefore(first) && !period.isAfter(last));
    }

    /** The first period that begins at or after the local time at which clocks are changed. */
    private static LocalDateTime firstAfter(ZoneOffsetTransition change, TemporalUnit unit) {
        LocalDateTime from = change.getDateTimeBefore();
        LocalDateTime first = from.truncatedTo(unit);
        return first.isBefore(from) ? first.plus(1, unit) : first;
    }

    /** Whether the period that begins at a local time has as many hours as its clocks have. */
    public boolean isUsual(LocalDateTime first, TemporalUnit unit) {
        return Duration.between(begin(first), end(first, unit)).equals(usual(first, unit));
    }

    private static Duration usual(LocalDateTime first, TemporalUnit unit) {
        return Duration.between(first, first.plus(1, unit));
    }

    /**
     * When a period has reached an age. An age of at least the period's usual length stands for the time after its end:
     * an hour that is repeated reaches 66 minutes six minutes after it has passed for the second time.
     *
     * @param unit the period's length
     * @param age since the period began
     */
    Instant due(LocalDateTime first, TemporalUnit unit, Duration age) {
        Duration usual = usual(first, unit);
        return age.compareTo(usual) >= 0 ? end(first, unit).plus(age.minus(usual)) : due(first, age);
    }

    /** When a period whose length is not known has reached an age. */
    Instant due(LocalDateTime first, Duration age) {
        return begin(first).plus(age);
    }

    /**
     * The local time that lies a duration before another, by clocks or by the time that passes, whichever is earlier:
     * two days before a midnight are two dates, and 48 hours are never less.
     */
    public LocalDateTime before(LocalDateTime local, Duration length) {
        LocalDateTime byClock = local.minus(length);
        LocalDateTime passed = local(begin(local).minus(length));
        return passed.isBefore(byClock) ? passed : byClock;
    }

    /** The local time that lies a duration after another, by clocks or by the time that passes, whichever is later. */
    public LocalDateTime after(LocalDateTime local, Duration length) {
        LocalDateTime byClock = local.plus(length);
        LocalDateTime passed = local(begin(local).plus(length));
        return passed.isAfter(byClock) ? passed : byClock;
    }

    private ZoneRules rules() {
        return id.getRules();
    }

    @JsonValue
    @Override
    public String toString() {
        return id.getId();
    }
}
