package io.fanin.pages;

import static io.fanin.pages.PageFixture.ATTEMPTS;
import static io.fanin.pages.PageFixture.FAILED;
import static io.fanin.pages.PageFixture.FAILURE;
import static io.fanin.pages.PageFixture.KEYS;
import static io.fanin.pages.PageFixture.failing;
import static io.fanin.pages.PageFixture.failure;
import static io.fanin.pages.PageFixture.history;
import static io.fanin.pages.PageFixture.hour;
import static io.fanin.pages.PageFixture.hours;
import static io.fanin.pages.PageFixture.report;
import static io.fanin.pages.PageFixture.table;
import static io.fanin.pages.PageFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.fanin.core.history.Calendar;
import io.fanin.core.history.TableHistory;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.SentNotice;
import io.fanin.core.record.TableRecord;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.json.Json;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.run.detection.UnverifiedCount;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.table.KeyZone;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** The page of a table shows the state of each of its periods. */
class TablePageTest {

    @Test
    void tableShowsEachPeriodWithLetterRunAndReason() {
        Document page =
                table(history(report(FAILURE)), hours(48), failing(List.of(failure(hour(FAILED), "Truncated", "cut"))));

        assertThat(texts(page, "h2")).containsExactly("Needs attention", "Calendar", "Runs");
        assertThat(page.select("table.cal td.f").text()).isEqualTo("F");
        assertThat(page.select("table.cal td.f").attr("title"))
                .isEqualTo("2013-02-08 17:00 failed: Truncated, run flights-20130209T1405");
        assertThat(page.select("table.cal td.r")).hasSize(47);
        assertThat(page.select("table.cal td.r a").first().attr("href"))
                .isEqualTo("../../../runs/flights-20130209T1405/report.html");
        assertThat(texts(page, ".legend li")).hasSize(7).contains("F failed", "· no prefix", "A waived");
        assertThat(texts(page, ".readers"))
                .containsExactly(
                        "For readers: it is not known how far the table is complete; 1 partition that failed is missing, or as before"
                                + " the failure. What runs have registered has passed its checks.");
        assertThat(texts(page, ".facts div")).contains("Outstanding 1", "Registered 48 hours from 2013-02-07 on");
    }

    @Test
    void periodLeadsToTheRunThatRegisteredItLast() {
        Calendar calendar = PageFixture.again(hours(48), new RunId("later"), FAILED);

        Document page = table(history(report(FAILURE)), calendar, TableRecord.NEW);

        assertThat(page.select("table.cal td.l").attr("title")).endsWith("processed again, run later");
    }

    @Test
    void tableOfWhichAllPartitionsFailedAlikeSaysWhatItsRunSays() {
        RunReport report = report(0, """
                "failures": [{"partition": "dt=2013-02-08/hour=17", "values": ["2013-02-08", "17"], "prefix": "f/", "attempts": 1,
                              "error": "BadRecord", "message": "a"},
                             {"partition": "dt=2013-02-08/hour=18", "values": ["2013-02-08", "18"], "prefix": "f/", "attempts": 1,
                              "error": "BadRecord", "message": "a"}]""");
        OutstandingFailure failure = failure(hour(FAILED), "BadRecord", "a");
        assertThat(report.hintsAtSpec()).isTrue();

        assertThat(texts(table(history(report), hours(48), failing(List.of(failure))), ".todo"))
                .first()
                .isEqualTo(FailureAdvice.PROBABLY_SPEC);
    }

    @Test
    void tableWhoseSpecIsWrongIsNotRedriven() {
        Document page = table(
                history(report(FAILURE)), hours(48), failing(List.of(failure(hour(FAILED), "SqlError", "no column"))));

        assertThat(texts(page, ".todo")).first().isEqualTo(FailureAdvice.ANOTHER_SPEC);
        assertThat(page.text()).doesNotContain("fanin redrive");
    }

    @Test
    void namesInConflictAreToldBesideThoseThatDoNotFit() {
        TableRecord record = TableRecord.NEW.withUnfit(new UnfitNames(
                1, "flights/x/", "expected dt=<date>; 2 names are in conflict, such as flights/hour=07/", false));

        assertThat(texts(table(history(report(FAILURE)), hours(1), record), ".facts div"))
                .contains(
                        "Names that are not read 1 1 name does not fit the layout, such as flights/x/ (expected dt=<date>;"
                                + " 2 names are in conflict, such as flights/hour=07/)");
    }

    @Test
    void periodsAreCountedFromTheFirstOnThatIsKept() {
        assertThat(registered("MINUTES", "2013-02-09T13")).isEqualTo("Registered 1 minutes from 2013-02-09 13:00 on");
        assertThat(registered("YEARS", "201")).isEqualTo("Registered 1 years from 2010 on");
        assertThat(registered("MONTHS", "2013")).isEqualTo("Registered 1 months from 2013 on");
    }

    private static String registered(String unit, String row) {
        Calendar calendar = Json.read(
                "{\"version\": 1, \"unit\": \"%s\", \"rows\": {\"%s\": \"..R\"}}".formatted(unit, row),
                Calendar.class,
                "calendar.json");
        return texts(table(TableHistory.NEW, calendar, TableRecord.NEW), ".facts div").stream()
                .filter(fact -> fact.startsWith("Registered"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readersLearnWhatIsGivenUpAndWhatIsGone() {
        TableRecord record = waived("2013-02-08", "17").withVanished(1);

        assertThat(texts(table(history(report(FAILURE)), hours(1), record), ".readers"))
                .containsExactly(
                        "For readers: it is not known how far the table is complete; 1 partition given up is missing, or registered"
                                + " as when given up; the data of 1 registered partition is gone. What runs have registered has"
                                + " passed its checks.");
    }

    private static TableRecord waived(String... values) {
        Waiver waiver = new Waiver(
                new Partition(PartitionValues.of(values), "f/"),
                "lost",
                "ada",
                PageFixture.NOW,
                Optional.empty(),
                new Inventory(0, 0, Optional.empty(), ""));
        return Json.read(
                "{\"version\": 1, \"outstanding\": [], \"waived\": ["
                        + Json.text(new RecordedWaiver(waiver, Optional.empty())) + "]}",
                TableRecord.class,
                "state.json");
    }

    @Test
    void waiverHidesNoOtherPartitionOfThePeriod() {
        Calendar calendar = Json.read("""
                {"version": 1, "unit": "HOURS", "rows": {"2013-02-08": "R.......................", "2013-02-09": "R"},
                 "open": [{"state": "WAITING", "first": "2013-02-08T17:00", "last": "2013-02-08T17:00", "why": "quiet"}]}
                """, Calendar.class, "calendar.json");
        List<PartitionKey> withRegion =
                List.of(KEYS.getFirst(), KEYS.getLast(), new PartitionKey("region", KeyType.STRING));

        assertThat(table(history(report(FAILURE), withRegion), calendar, waived("2013-02-08", "17", "eu"))
                        .select("table.cal td.w")
                        .attr("title"))
                .isEqualTo("2013-02-08 17:00 waiting (not ready yet): quiet");
        assertThat(table(history(report(FAILURE)), calendar, waived("2013-02-08", "17"))
                        .select("table.cal td.v")
                        .attr("title"))
                .as("the period's only partition")
                .isEqualTo("2013-02-08 17:00 waived: ada: lost");
    }

    @Test
    void firstMissingPeriodThatIsNotWaivedIsNamed() {
        Calendar calendar = Json.read("""
                {"version": 1, "unit": "HOURS", "rows": {"2013-02-08": "R.......................", "2013-02-09": "R"},
                 "open": [{"state": "MISSING", "first": "2013-02-08T17:00", "last": "2013-02-08T19:00", "why": ""}]}
                """, Calendar.class, "calendar.json");
        String record = Json.text(waived("2013-02-08", "17")).replaceFirst("\\{", "{\"missing\":2,");

        Document page = table(history(report(FAILURE)), calendar, Json.read(record, TableRecord.class, "state.json"));

        assertThat(texts(page, ".facts div")).contains("Missing 2 the first is 2013-02-08 18:00");
    }

    @Test
    void tableSaysWhatScheduledRunsDoNotTryAgain() {
        TableRecord record = failing(List.of(failure(hour(FAILED), "Truncated", "cut")));

        assertThat(texts(table(history(report(FAILURE)), hours(48), record.with(lastRun(ATTEMPTS))), "main"))
                .singleElement(STRING)
                .contains("tried " + ATTEMPTS + " times, set aside");
        assertThat(texts(table(history(report(FAILURE)), hours(48), record.with(lastRun(ATTEMPTS + 1))), "main"))
                .singleElement(STRING)
                .contains("tried " + ATTEMPTS + " times")
                .doesNotContain("set aside");
    }

    private static RecordedRun lastRun(int maxAttempts) {
        return new RecordedRun(
                new RunId("r1"),
                "s3://state/runs/r1/",
                1,
                OptionalLong.empty(),
                Optional.of(maxAttempts),
                Optional.empty());
    }

    @Test
    void tableThatRunsOfAllTablesLeaveOutSaysSo() {
        Instant at = Instant.parse("2013-02-10T00:00:00Z");
        SentNotice notice =
                new SentNotice(at, at, 0, "abc", List.of(SentNotice.leftOut("UNREADABLE", "the spec is cut short")));

        Document page = table(
                history(report(FAILURE)),
                hours(1),
                SentNotice.noted(TableRecord.NEW, Map.of("event", Optional.of(notice))));

        assertThat(texts(page, ".facts div")).contains("Runs of all tables leave it out fanin tables says why");
    }

    @Test
    void calendarShowsTheHoursThatClocksSkipAndRepeat() {
        KeyZone berlin = KeyZone.of("Europe/Berlin");
        Calendar calendar = hours(
                berlin,
                LocalDateTime.parse("2012-03-25T01:00"),
                LocalDateTime.parse("2012-03-25T03:00"),
                LocalDateTime.parse("2012-10-28T02:00"));

        Document page = table(history(report(FAILURE)), calendar, TableRecord.NEW);

        assertThat(texts(page, "table.cal caption")).containsExactly("Hours by day, Europe/Berlin");
        assertThat(page.select("table.cal td[title]").eachAttr("title"))
                .containsExactly(
                        "2012-03-25 01:00 registered, run flights-20130209T1405",
                        "2012-03-25 02:00 is skipped by the clocks",
                        "2012-03-25 03:00 registered, run flights-20130209T1405",
                        "2012-10-28 02:00 (2 h 0 min) registered, run flights-20130209T1405");
    }

    @Test
    void hoursBetweenPeriodsOfSeveralAreNotMissing() {
        Calendar calendar = Json.read("""
                {"version": 1, "unit": "HOURS", "rows": {"2013-02-08": "R.......................", "2013-02-09": "R"},
                 "open": [{"state": "MISSING", "first": "2013-02-08T06:00", "last": "2013-02-08T18:00", "why": ""}]}
                """, Calendar.class, "calendar.json");
        List<PartitionKey> keys =
                List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT).every(6));

        Document page = table(history(report(FAILURE), keys), calendar, TableRecord.NEW);

        assertThat(page.select("table.cal td[title*=no prefix]").eachAttr("title"))
                .containsExactly(
                        "2013-02-08 06:00 no prefix", "2013-02-08 12:00 no prefix", "2013-02-08 18:00 no prefix");
    }

    @Test
    void progressIsShownInTheZoneOfTheKeys() {
        TableRecord record = Json.read("""
                {"version": 1, "outstanding": [], "completeThrough": "2013-02-09T13:00",
                 "basis": {"location": "s3://lake/flights/", "layout": "hive", "keys": [], "timeZone": "%s"}}
                """.formatted("+05:30"), TableRecord.class, "state.json");

        Document page = table(TableHistory.NEW, Calendar.NEW, record);

        assertThat(texts(page, ".facts div"))
                .contains("Complete through 2013-02-09 13:00 +05:30", "Behind 6 h 36 min when written");
        assertThat(texts(page, ".readers").getFirst())
                .startsWith("For readers: complete through 2013-02-09 13:00 +05:30. ");
    }

    @Test
    void tableWithoutPeriodsShowsItsLastValues() {
        Calendar calendar = Json.read(
                "{\"version\": 1, \"values\": [{\"partition\": \"region=eu\", \"run\": \"r1\","
                        + " \"ended\": \"2013-02-09T14:06:00Z\", \"rows\": 1234}]}",
                Calendar.class,
                "calendar.json");

        Document page = table(history(report(FAILURE)), calendar, TableRecord.NEW);

        assertThat(page.select("table.cal")).isEmpty();
        assertThat(page.text()).contains("region=eu 1,234 2013-02-09 14:06 r1");
    }

    @Test
    void partitionsThatNoRunHasLookedAtAreCounted() {
        TableRecord record = TableRecord.NEW.withUnverified(
                new UnverifiedCount(Optional.empty(), new UnverifiedCount.Share(1200, 34), UnverifiedCount.Share.NONE));

        assertThat(texts(table(TableHistory.NEW, Calendar.NEW, record), ".facts div"))
                .contains("Unverified 1,234 never looked at by a run");
        assertThat(texts(table(TableHistory.NEW, Calendar.NEW, TableRecord.NEW), ".facts div"))
                .noneMatch(fact -> fact.startsWith("Unverified"));
    }

    @Test
    void tableThatNoRunHasTouchedHasAPage() {
        assertThat(table(TableHistory.NEW, Calendar.NEW, TableRecord.NEW).title())
                .isEqualTo("analytics.flights · COMPLETE");
    }
}
