package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.run.RunId;
import io.fanin.tablecreator.events.RunEnd;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of notices about a table whose problem stays the same, and about runs with the same failure. */
class NoticeFrequencyTest {

    private static final String PARTIAL = "Table analytics.flights is partial";
    private static final String STILL = "Table analytics.flights is still partial";
    private static final String COMPLETE = "Table analytics.flights is complete";
    private static final String FAILED = "Run of table analytics.flights failed";
    private static final String GLUE = "io.fanin.core.catalog.CatalogException";

    private final RunFixture fixture = new RunFixture();

    @Test
    void tableThatStaysAsItIsIsToldOnceADay() {
        for (int hour = 0; hour < 50; hour++) {
            fixture.pass(new RunId("hourly-" + hour), 0, hours(3)).failing(1).registerAndTell();
            fixture.clock.advance(Duration.ofHours(1));
        }
        fixture.pass(LATER_RUN, 0, hour(1)).registerAndTell();

        assertThat(fixture.sent.subjects()).containsExactly(PARTIAL, STILL, STILL, COMPLETE);
        assertThat(fixture.aws.sns().published())
                .extracting(message -> message.get("Message"))
                .allMatch(message -> message.contains("Since: 2013-02-10T00:00:00Z"));
        assertThat(fixture.record().notices()).isEmpty();
    }

    @Test
    void otherPartitionsThanToldAreTold() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.pass(LATER_RUN, 0, hours(3)).failing(1, 2).registerAndTell();
        fixture.pass(new RunId("third"), 0, hours(3)).failing(2).registerAndTell();
        fixture.pass(new RunId("fourth"), 0, hours(3)).failing(2).registerAndTell();

        assertThat(fixture.sent.subjects()).containsExactly(PARTIAL, PARTIAL, PARTIAL);
    }

    /** Otherwise a producer that writes invalid data every hour would cause a notice every hour. */
    @Test
    void causeThatHitsEveryHourIsToldAFewTimesADay() {
        for (int hour = 0; hour < 48; hour++) {
            fixture.pass(new RunId("hourly-" + hour), 0, hours(hour + 1))
                    .failing(hour)
                    .registerAndTell();
            fixture.clock.advance(Duration.ofHours(1));
        }

        assertThat(fixture.sent.subjects()).hasSizeBetween(2, 2 * 4 + 1);
    }

    @Test
    void healthyTableCostsNoRequestMoreAndAPartialOneTwo() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        fixture.aws.log().reset();
        fixture.pass(LATER_RUN, 0, hour(4)).registerAndTell();
        long healthy = recordWrites();
        fixture.aws.log().reset();
        fixture.pass(new RunId("third"), 0, hour(5)).failing(0).registerAndTell();
        long partial = recordWrites();

        assertThat(healthy).as("begin and end of a pass write once").isEqualTo(1);
        assertThat(partial)
                .as("the failure, what the scan has found, and what was told")
                .isEqualTo(1 + 1 + 1);
    }

    private long recordWrites() {
        return fixture.aws.log().calls("PutObject").stream()
                .filter(call -> call.target().endsWith("state.json"))
                .count();
    }

    @Test
    void repeatedRunFailureIsReportedOnceADayAndWhenItEnds() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        for (int hour = 0; hour < 48; hour++) {
            fixture.announcements.ended(failure(
                    hour,
                    "Glue said no (Service: Glue, Status Code: 500, Request ID: " + hour
                            + "a1b2c3) at 2026-11-21T10:00:" + (10 + hour) + "Z"));
            fixture.clock.advance(Duration.ofHours(1));
        }
        fixture.announcements.ended(Ends.read(Ends.end("SUCCEEDED", null, 99)
                .put("output", "{\"table\":\"analytics.flights\",\"next\":\"NOTHING_NEW\"}")));

        assertThat(fixture.sent.subjects())
                .containsExactly(FAILED, "Run of table analytics.flights still fails", COMPLETE);
        assertThat(fixture.aws.sns().published().get(0).get("Message"))
                .contains("Why: " + GLUE + ": Glue said no")
                .contains("Command: fanin redrive nightly-1");
    }

    /** Such as a message that names one folder more each hour. */
    @Test
    void failureWhoseMessageDiffersEachTimeIsToldAFewTimesADay() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        for (int hour = 0; hour < 48; hour++) {
            fixture.announcements.ended(failure(hour, "none of " + (3 + hour) + " folders fits the layout"));
            fixture.clock.advance(Duration.ofHours(1));
        }

        assertThat(fixture.sent.subjects()).hasSizeBetween(2, 2 * 4 + 1);
    }

    @Test
    void failureWithAnotherErrorIsToldHoweverOftenTheMessageHasChanged() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        for (int i = 0; i < 6; i++) {
            fixture.announcements.ended(failure(i, "none of " + i + " folders fits the layout"));
        }
        int before = fixture.sent.subjects().size();

        fixture.announcements.ended(Ends.ended("FAILED", "io.fanin.core.s3.S3AccessException", 9));

        assertThat(fixture.sent.subjects()).hasSize(before + 1);
    }

    @Test
    void otherFailureThanToldIsTold() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        fixture.announcements.ended(failure(1, "Glue said no"));
        fixture.announcements.ended(failure(2, "no such table"));

        assertThat(fixture.sent.subjects()).containsExactly(FAILED, FAILED);
    }

    /** Else the last that people know is a failure that is over, for up to a day. */
    @Test
    void runThatSucceedsAgainIsToldHoweverMuchElseWas() {
        fixture.pass(RUN, 0, hours(1)).failing(0).registerAndTell();
        for (int hour = 1; hour < 6; hour++) {
            fixture.pass(new RunId("hourly-" + hour), 0, hours(hour + 1))
                    .failing(hour)
                    .registerAndTell();
        }
        assertThat(fixture.sent.subjects()).hasSize(4);
        fixture.announcements.ended(failure(1, "Glue said no"));

        for (int hour = 6; hour < 10; hour++) {
            fixture.pass(new RunId("hourly-" + hour), 0, hours(hour + 1))
                    .failing(hour)
                    .registerAndTell();
            fixture.announcements.ended(failure(hour, "Glue said no"));
        }

        assertThat(fixture.sent.subjects().subList(4, fixture.sent.subjects().size()))
                .containsExactly(FAILED, PARTIAL);
    }

    /** Runs that are busy or only plan say nothing of whether the next one fails. */
    @ParameterizedTest
    @CsvSource({"NOTHING_NEW, 1", "BUSY, 0", "PLANNED, 0"})
    void onlyRunsThatLookedAtTheTableEndItsTrouble(String next, int more) {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        fixture.announcements.ended(failure(1, "Glue said no"));

        fixture.announcements.ended(Ends.read(Ends.end("SUCCEEDED", null, 2)
                .put("output", "{\"table\":\"analytics.flights\",\"next\":\"" + next + "\"}")));

        assertThat(fixture.sent.subjects()).hasSize(1 + more);
    }

    /** Otherwise nothing says how far a table is behind with which one execution is busy for days. */
    @Test
    void busyRunTellsHowFarTheTableIsBehind() {
        fixture.pass(RUN, 0, hours(3)).looked("2013-02-08T02:00", "").registerAndTell();
        fixture.lines.clear();

        fixture.announcements.ended(Ends.read(
                Ends.end("SUCCEEDED", null, 2).put("output", "{\"table\":\"analytics.flights\",\"next\":\"BUSY\"}")));

        assertThat(fixture.lines).singleElement().asString().contains("CompleteThroughLagMinutes");
    }

    /** Nothing of them lies in the state bucket, and their inputs name only a URI. */
    @Test
    void failuresBeforeTheTableIsKnownAreReportedOnceADay() {
        for (int hour = 0; hour < 26; hour++) {
            fixture.announcements.ended(Ends.read(unnamed("FAILED", hour)));
            fixture.clock.advance(Duration.ofHours(1));
        }
        fixture.announcements.ended(Ends.read(
                unnamed("SUCCEEDED", 99).put("output", "{\"table\":\"analytics.flights\",\"status\":\"COMPLETE\"}")));

        assertThat(fixture.sent.subjects())
                .containsExactly(
                        "Run of table s3://specs/flights.json failed",
                        "Run of table s3://specs/flights.json still fails",
                        "Runs of table analytics.flights find it again");
    }

    /** A held execution has read its spec, and its table is partial. */
    @Test
    void runThatFindsItsTableSaysNothingOfWhatIsOutstandingThere() {
        fixture.announcements.ended(Ends.read(unnamed("FAILED", 0)));
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.announcements.ended(Ends.read(
                unnamed("SUCCEEDED", 1).put("output", "{\"table\":\"analytics.flights\",\"status\":\"PARTIAL\"}")));

        assertThat(fixture.sent.subjects())
                .containsExactly(
                        "Run of table s3://specs/flights.json failed",
                        PARTIAL,
                        "Runs of table analytics.flights find it again");
        assertThat(fixture.aws.sns().published().getLast().get("Message"))
                .contains("fanin status analytics.flights")
                .doesNotContain("nothing is outstanding", "none needed");
    }

    private static ObjectNode unnamed(String status, int hour) {
        ObjectNode end = Ends.end(status, "x.SpecException", hour)
                .put("name", "hourly-" + hour)
                .put("startDate", 1_384_000_000_000L + hour * 3_600_000L);
        return end.put(
                        "input",
                        "{\"id\":\"" + hour + "\",\"time\":\"" + hour + "\",\"spec\":\"s3://specs/flights.json\"}")
                .put("executionArn", Ends.ARN.replace("nightly-1", "hourly-" + hour));
    }

    private static RunEnd failure(int time, String cause) {
        return Ends.read(Ends.end("FAILED", GLUE, time).put("cause", cause));
    }
}
