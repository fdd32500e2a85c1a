package io.fanin.pages.view;

import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableProgress;
import io.fanin.model.text.LogSafe;
import io.fanin.pages.view.Frame.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats numbers, times and foreign names for pages. */
final class Texts {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private Texts() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String time(Instant moment) {
        return period(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
    }

    static String period(LocalDateTime moment) {
        return MINUTES.format(moment);
    }

    /** The figure of a table's progress; empty if it is not known. */
    static Optional<Fact> completeThrough(TableProgress progress) {
        return progress.completeThrough()
                .map(moment -> new Fact(
                        "Complete through",
                        moment.replace('T', ' '),
                        progress.timeZone().map(KeyZone::toString).orElse("")));
    }

    /** The two largest units of a duration that are not zero. */
    static String length(Duration length) {
        if (length.toDays() > 1) {
            return count(length.toDays()) + " d " + length.toHoursPart() + " h";
        }
        if (length.toHours() > 0) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toMinutes() > 0
                ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
                : length.toSeconds() + " s";
    }

    /** A foreign name, shortened. */
    static String name(String text) {
        return LogSafe.name(text);
    }

    /** Foreign text, on one line. */
    static String prose(String text, int length) {
        return LogSafe.ofLines(text, length);
    }

    /** The size of a text in a page, in bytes: some characters are escaped with five. */
    static int bytes(String text) {
        return text.codePoints()
                .map(c -> "&<>\"'".indexOf(c) >= 0 ? 5 : c < 0x80 ? 1 : 4)
                .sum();
    }

    /** Several lines, each shortened. */
    static String lines(String text, int length) {
        String lines = text.lines().map(LogSafe::of).collect(Collectors.joining("\n"));
        return lines.length() <= length ? lines : lines.substring(0, length) + "...";
    }
}
