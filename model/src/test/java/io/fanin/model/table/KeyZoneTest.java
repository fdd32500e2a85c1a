package io.fanin.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyZoneTest {

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "UTC                 | HOURS   | 2026-10-25T02:00 | 2026-10-25T02:00:00Z | 2026-10-25T03:00:00Z",
                "Europe/Berlin       | HOURS   | 2026-03-29T01:00 | 2026-03-29T00:00:00Z | 2026-03-29T01:00:00Z",
                "Europe/Berlin       | HOURS   | 2026-03-29T03:00 | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z",
                "Europe/Berlin       | DAYS    | 2026-03-29T00:00 | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z",
                "Europe/Berlin       | HOURS   | 2026-10-25T01:00 | 2026-10-24T23:00:00Z | 2026-10-25T00:00:00Z",
                "Europe/Berlin       | HOURS   | 2026-10-25T02:00 | 2026-10-25T00:00:00Z | 2026-10-25T02:00:00Z",
                "Europe/Berlin       | HOURS   | 2026-10-25T03:00 | 2026-10-25T02:00:00Z | 2026-10-25T03:00:00Z",
                "Europe/Berlin       | MINUTES | 2026-10-25T02:15 | 2026-10-25T00:15:00Z | 2026-10-25T01:16:00Z",
                "Europe/Berlin       | DAYS    | 2026-10-25T00:00 | 2026-10-24T22:00:00Z | 2026-10-25T23:00:00Z",
                "Europe/Berlin       | MONTHS  | 2026-10-01T00:00 | 2026-09-30T22:00:00Z | 2026-10-31T23:00:00Z",
                "America/New_York    | HOURS   | 2026-03-08T03:00 | 2026-03-08T07:00:00Z | 2026-03-08T08:00:00Z",
                "America/New_York    | HOURS   | 2026-11-01T01:00 | 2026-11-01T05:00:00Z | 2026-11-01T07:00:00Z",
                "Australia/Lord_Howe | HOURS   | 2026-04-05T01:00 | 2026-04-04T14:00:00Z | 2026-04-04T15:30:00Z",
                "Australia/Lord_Howe | HOURS   | 2026-10-04T02:00 | 2026-10-03T15:30:00Z | 2026-10-03T16:00:00Z",
                "Australia/Lord_Howe | DAYS    | 2026-10-04T00:00 | 2026-10-03T13:30:00Z | 2026-10-04T13:00:00Z",
                "Asia/Kolkata        | HOURS   | 2026-10-25T02:00 | 2026-10-24T20:30:00Z | 2026-10-24T21:30:00Z",
                "+05:30              | HOURS   | 2026-10-25T02:00 | 2026-10-24T20:30:00Z | 2026-10-24T21:30:00Z",
                "-03:00              | DAYS    | 2026-10-25T00:00 | 2026-10-25T03:00:00Z | 2026-10-26T03:00:00Z",
                "America/Sao_Paulo   | DAYS    | 2018-11-04T00:00 | 2018-11-04T03:00:00Z | 2018-11-05T02:00:00Z",
                "America/Sao_Paulo   | DAYS    | 2018-02-17T00:00 | 2018-02-17T02:00:00Z | 2018-02-18T03:00:00Z",
                "America/Havana      | DAYS    | 2026-11-01T00:00 | 2026-11-01T04:00:00Z | 2026-11-02T05:00:00Z",
                "America/Havana      | DAYS    | 2026-10-31T00:00 | 2026-10-31T04:00:00Z | 2026-11-01T04:00:00Z",
            })
    void periodHasTheLengthThatItsClocksGiveIt(
            KeyZone zone, ChronoUnit unit, LocalDateTime first, Instant begin, Instant end) {
        assertThat(zone.begin(first)).isEqualTo(begin);
        assertThat(zone.end(first, unit)).isEqualTo(end);
        assertThat(zone.isSkipped(first, unit)).isFalse();
        assertThat(zone.isUsual(first, unit))
                .isEqualTo(Duration.between(begin, end).equals(Duration.between(first, first.plus(1, unit))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berlin       | HOURS   | 2026-03-29T02:00 | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z",
                "Europe/Berlin       | MINUTES | 2026-03-29T02:59 | 2026-03-29T01:00:00Z | 2026-03-29T01:01:00Z",
                "America/New_York    | HOURS   | 2026-03-08T02:00 | 2026-03-08T07:00:00Z | 2026-03-08T08:00:00Z",
                "Australia/Lord_Howe | MINUTES | 2026-10-04T02:29 | 2026-10-03T15:30:00Z | 2026-10-03T15:31:00Z",
                "America/Sao_Paulo   | HOURS   | 2018-11-04T00:00 | 2018-11-04T03:00:00Z | 2018-11-04T04:00:00Z",
                "Pacific/Apia        | DAYS    | 2011-12-30T00:00 | 2011-12-30T10:00:00Z | 2011-12-31T10:00:00Z",
            })
    void skippedPeriodBeginsWhenClocksJumpAndHasItsUsualLength(
            KeyZone zone, ChronoUnit unit, LocalDateTime first, Instant begin, Instant end) {
        assertThat(zone.isSkipped(first, unit)).isTrue();
        assertThat(zone.begin(first)).isEqualTo(begin);
        assertThat(zone.end(first, unit)).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Kolkata",
                "America/Havana",
                "Africa/Casablanca",
                "Pacific/Kiritimati",
                "-03:30"
            })
    void periodsOfTheYearFollowEachOtherWithoutGapOrOverlap(KeyZone zone) {
        requireTiled(zone, ChronoUnit.HOURS, 2026);
        requireTiled(zone, ChronoUnit.DAYS, 2026);
        requireTiled(zone, ChronoUnit.MONTHS, 2026);
    }

    @Test
    void periodsOfYearsWithOddChangesFollowEachOther() {
        requireTiled(KeyZone.of("America/Sao_Paulo"), ChronoUnit.DAYS, 2018);
        requireTiled(KeyZone.of("America/Sao_Paulo"), ChronoUnit.HOURS, 2018);
        requireTiled(KeyZone.of("Pacific/Apia"), ChronoUnit.DAYS, 2011);
        requireTiled(KeyZone.of("Pacific/Apia"), ChronoUnit.HOURS, 2011);
    }

    private static void requireTiled(KeyZone zone, ChronoUnit unit, int year) {
        LocalDateTime end = Year.of(year + 1).atDay(1).atStartOfDay();
        Instant reached = zone.begin(Year.of(year).atDay(1).atStartOfDay());
        for (LocalDateTime first = Year.of(year).atDay(1).atStartOfDay();
                first.isBefore(end);
                first = first.plus(1, unit)) {
            if (zone.isSkipped(first, unit)) {
                continue;
            }
            assertThat(zone.begin(first)).as("%s %s", zone, first).isEqualTo(reached);
            reached = zone.end(first, unit);
            for (Instant moment = zone.begin(first);
                    moment.isBefore(reached);
                    moment = moment.plus(30, ChronoUnit.MINUTES)) {
                assertThat(zone.local(moment))
                        .as("%s %s at %s", zone, first, moment)
                        .isBetween(first, first.plus(1, unit).minusNanos(1));
            }
        }
        assertThat(reached).isEqualTo(zone.begin(end));
    }

    @Test
    void skippedPeriodsBetweenTwoAreListed() {
        KeyZone berlin = KeyZone.of("Europe/Berlin");
        LocalDateTime first = LocalDateTime.parse("2025-03-30T02:00");
        LocalDateTime last = LocalDateTime.parse("2027-01-01T00:00");

        assertThat(berlin.skippedBetween(first, last, ChronoUnit.HOURS))
                .containsExactly(first, LocalDateTime.parse("2026-03-29T02:00"));
        assertThat(berlin.skippedBetween(first, last, ChronoUnit.MINUTES)).hasSize(120);
        assertThat(berlin.skippedBetween(first, last, ChronoUnit.DAYS)).isEmpty();
        assertThat(berlin.skippedBetween(first.plusHours(1), first.plusDays(1), ChronoUnit.HOURS))
                .isEmpty();
        assertThat(KeyZone.of("Australia/Lord_Howe").skippedBetween(first, last, ChronoUnit.HOURS))
                .isEmpty();
        assertThat(KeyZone.of("Pacific/Apia")
                        .skippedBetween(LocalDateTime.parse("2011-01-01T00:00"), first, ChronoUnit.DAYS))
                .containsExactly(LocalDateTime.parse("2011-12-30T00:00"));
        assertThat(KeyZone.UTC.skippedBetween(LocalDateTime.MIN, LocalDateTime.MAX, ChronoUnit.HOURS))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "UTC           | HOURS | 2026-10-25T02:00 | PT1H6M | 2026-10-25T03:06:00Z",
                "Europe/Berlin | HOURS | 2026-10-25T01:00 | PT1H6M | 2026-10-25T00:06:00Z",
                "Europe/Berlin | HOURS | 2026-10-25T02:00 | PT1H6M | 2026-10-25T02:06:00Z",
                "Europe/Berlin | HOURS | 2026-10-25T02:00 | PT1H   | 2026-10-25T02:00:00Z",
                "Europe/Berlin | HOURS | 2026-10-25T02:00 | PT30M  | 2026-10-25T00:30:00Z",
                "Europe/Berlin | HOURS | 2026-03-29T01:00 | PT1H6M | 2026-03-29T01:06:00Z",
                "Europe/Berlin | HOURS | 2026-03-29T02:00 | PT1H6M | 2026-03-29T02:06:00Z",
                "Europe/Berlin | HOURS | 2026-03-29T03:00 | PT1H6M | 2026-03-29T02:06:00Z",
                "Europe/Berlin | DAYS  | 2026-03-29T00:00 | PT25H  | 2026-03-29T23:00:00Z",
                "Europe/Berlin | DAYS  | 2026-10-25T00:00 | PT25H  | 2026-10-26T00:00:00Z",
                "Australia/Lord_Howe | HOURS | 2026-04-05T01:00 | PT1H | 2026-04-04T15:30:00Z",
                "Asia/Kolkata  | ''    | 2026-10-25T02:00 | PT1H   | 2026-10-24T21:30:00Z",
            })
    void ageBeyondThePeriodIsCountedFromItsEnd(
            KeyZone zone, String unit, LocalDateTime first, Duration age, Instant due) {
        Optional<ChronoUnit> known =
                Optional.of(unit).filter(name -> !name.isEmpty()).map(ChronoUnit::valueOf);

        assertThat(known.map(length -> zone.due(first, length, age)).orElseGet(() -> zone.due(first, age)))
                .isEqualTo(due);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "UTC           | 2026-10-26T10:00 | PT48H | 2026-10-24T10:00 | 2026-10-28T10:00",
                "Europe/Berlin | 2026-10-26T10:00 | PT48H | 2026-10-24T10:00 | 2026-10-28T10:00",
                "Europe/Berlin | 2026-10-24T10:00 | PT48H | 2026-10-22T10:00 | 2026-10-26T10:00",
                "Europe/Berlin | 2026-03-30T10:00 | PT48H | 2026-03-28T09:00 | 2026-04-01T10:00",
                "Europe/Berlin | 2026-03-28T10:00 | PT48H | 2026-03-26T10:00 | 2026-03-30T11:00",
                "Europe/Berlin | 2026-03-30T00:00 | P1D   | 2026-03-28T23:00 | 2026-03-31T00:00",
                "Europe/Berlin | 2026-10-26T00:00 | P1D   | 2026-10-25T00:00 | 2026-10-27T00:00",
            })
    void windowIsNeverShorterByTheClockOrByTheTimePassed(
            KeyZone zone, LocalDateTime from, Duration length, LocalDateTime before, LocalDateTime after) {
        assertThat(zone.before(from, length)).isEqualTo(before);
        assertThat(zone.after(from, length)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT-3", "+05:30", "-11:00"})
    void zoneIsWrittenAsItIsRead(String text) {
        assertThat(KeyZone.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Berlin",
                "europe/berlin",
                "CET+1",
                "GMT+2",
                "UTC+01:00",
                "+5",
                "+0530",
                "+05:30:15",
                "+19:00",
                " UTC",
                "PST",
                "SystemV/PST8"
            })
    void anythingElseIsNoZone(String text) {
        assertThatThrownBy(() -> KeyZone.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a time zone such as Europe/Berlin, UTC or +05:30, found '" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+00:00", "-00:00", "Z", "UTC"})
    void offsetOfNothingIsUtc(String text) {
        assertThat(KeyZone.of(text)).isEqualTo(KeyZone.UTC).hasToString("UTC");
    }
}
