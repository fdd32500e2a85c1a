package io.fanin.warehouse.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** The hour of an event: {@code 2013/02/08/17}, as in folders and in the key. */
record Hour(LocalDateTime start) {

    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu/MM/dd/HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    /**
     * The hour that the event names, or the last one that had ended when its schedule fired.
     *
     * @throws IllegalArgumentException if it contains neither, or an invalid time
     */
    static Hour of(Map<String, String> event) {
        try {
            if (event.get("hour") != null) {
                return new Hour(LocalDateTime.parse(event.get("hour"), TEXT));
            }
            if (event.get("time") != null) {
                LocalDateTime fired = LocalDateTime.ofInstant(Instant.parse(event.get("time")), ZoneOffset.UTC);
                return new Hour(fired.truncatedTo(ChronoUnit.HOURS).minusHours(1));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(expected(event), e);
        }
        throw new IllegalArgumentException(expected(event));
    }

    private static String expected(Map<String, String> event) {
        return "expected an event such as {\"time\": \"2013-02-08T18:30:00Z\"} or {\"hour\": \"2013/02/08/17\"}, found "
                + event;
    }

    @Override
    public String toString() {
        return start.format(TEXT);
    }
}
