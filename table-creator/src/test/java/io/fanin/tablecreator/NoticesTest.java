package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.core.run.RunId;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.spec.DetectionSpec;
import io.fanin.core.spec.OnPartial;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.tablecreator.events.NotificationFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told of a table, and how often. */
class NoticesTest {

    private static final String PARTIAL = "Table analytics.flights is partial";
    private static final String STILL = "Table analytics.flights is still partial";
    private static final String COMPLETE = "Table analytics.flights is complete";
    private static final String FAILED = "Run of table analytics.flights failed";
    private static final String HELD = "io.fanin.tablecreator.TablePartialException";
    private static final String GLUE = "io.fanin.core.catalog.CatalogException";

    private final RunFixture fixture = new RunFixture();

    @Test
    void noticeNamesWhatWhySinceWhereAndCommand() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        assertThat(fixture.aws.sns().published())
                .singleElement()
                .satisfies(message -> assertThat(message)
                        .containsEntry("TopicArn", RunFixture.TOPIC)
                        .containsEntry("Subject", PARTIAL)
                        .containsValues("new", "analytics.flights")
                        .containsEntry("Message", """
                                Table: analytics.flights
                                What: 1 partition outstanding, complete through 2013-02-08T00:00
                                Why: Truncated: object a.json.gz is cut short
                                Since: 2013-02-10T00:00:00Z
                                Partitions:
                                  dt=2013-02-08/hour=1 (Truncated: object a.json.gz is cut short)
                                Console: https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/%s
                                Command: fanin redrive nightly-1
                                Execution: %s""".formatted(Ends.ARN, Ends.ARN)));
    }

    @Test
    void noticeNamesTheFirstMissingPeriods() {
        Pass pass = fixture.pass(RUN, 0, hour(0), hour(9));
        fixture.writeSpec(
                RUN,
                OnPartial.FAIL,
                Json.read("{\"mode\":\"list\",\"gaps\":\"outstanding\"}", DetectionSpec.class, "detection"));
        fixture.beginLeased(RUN, Json.read("""
                        {"found": 2, "registered": 0, "skipped": {}, "skippedSample": [], "missing": {"count": 8, "sample": [
                          {"first": "2013-02-08T01:00", "last": "2013-02-08T07:00", "count": 7}]}}
                        """, DetectionReport.class, "detection"));
        pass.registerAndTell();

        assertThat(fixture.aws.sns().published().getFirst().get("Message")).contains("What: 8 periods missing", """
                Partitions:
                  2013-02-08T01:00 to 2013-02-08T07:00 (no prefix)
                  and 1 more
                """);
    }

    @Test
    void busGetsTheSameForAWebhook() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        ObjectNode event = fixture.aws.events().events().stream()
                .filter(one -> one.path("DetailType").asText().equals("Notice"))
                .findFirst()
                .orElseThrow();
        JsonNode detail = json(event.path("Detail").textValue());
        assertThat(event.at("/Resources/0").asText()).isEqualTo(Ends.ARN);
        assertThat(detail.path("kind").asText()).isEqualTo("new");
        assertThat(detail.path("title").asText()).isEqualTo(PARTIAL);
        assertThat(Schemas.errors("notice-1", detail)).isEmpty();
    }

    @Test
    void tableThatStaysAsItIsIsToldOnceADay() {
        for (int hour = 0; hour < 50; hour++) {
            fixture.pass(new RunId("hourly-" + hour), 0, hours(3)).failing(1).registerAndTell();
            fixture.clock.advance(Duration.ofHours(1));
        }
        fixture.pass(LATER_RUN, 0, hour(1)).registerAndTell();

        assertThat(subjects()).containsExactly(PARTIAL, STILL, STILL, COMPLETE);
        assertThat(fixture.aws.sns().published())
                .extracting(message -> message.get("Message"))
                .allMatch(message -> message.contains("Since: 2013-02-10T00:00:00Z"));
        assertThat(fixture.record().told()).isEmpty();
    }

    @Test
    void otherPartitionsThanToldAreTold() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.pass(LATER_RUN, 0, hours(3)).failing(1, 2).registerAndTell();
        fixture.pass(new RunId("third"), 0, hours(3)).failing(2).registerAndTell();
        fixture.pass(new RunId("fourth"), 0, hours(3)).failing(2).registerAndTell();

        assertThat(subjects()).containsExactly(PARTIAL, PARTIAL, PARTIAL);
    }

    /** Else a producer that writes rubbish every hour would have everybody told every hour. */
    @Test
    void causeThatHitsEveryHourIsToldAFewTimesADay() {
        for (int hour = 0; hour < 48; hour++) {
            fixture.pass(new RunId("hourly-" + hour), 0, hours(hour + 1))
                    .failing(hour)
                    .registerAndTell();
            fixture.clock.advance(Duration.ofHours(1));
        }

        assertThat(subjects()).hasSizeBetween(2, 2 * 4 + 1);
    }

    @Test
    void healthyTableCostsNoRequestMoreAndAPartialOneOne() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        fixture.aws.log().reset();
        fixture.pass(LATER_RUN, 0, hour(4)).registerAndTell();
        long healthy = recordWrites();
        fixture.aws.log().reset();
        fixture.pass(new RunId("third"), 0, hour(5)).failing(0).registerAndTell();
        long partial = recordWrites();

        assertThat(healthy).as("begin and end of a pass write once").isEqualTo(1);
        assertThat(partial).as("the failure, and what was told").isEqualTo(1 + 1);
    }

    private long recordWrites() {
        return fixture.aws.log().calls("PutObject").stream()
                .filter(call -> call.target().endsWith("state.json"))
                .count();
    }

    @Test
    void sameFailureOfRunsIsToldOnceADayAndThatItIsOver() {
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

        assertThat(subjects()).containsExactly(FAILED, "Run of table analytics.flights still fails", COMPLETE);
        assertThat(fixture.aws.sns().published().get(0).get("Message"))
                .contains("Why: " + GLUE + ": Glue said no")
                .contains("Command: fanin redrive nightly-1");
    }

    @Test
    void otherFailureThanToldIsTold() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        fixture.announcements.ended(failure(1, "Glue said no"));
        fixture.announcements.ended(failure(2, "no such table"));

        assertThat(subjects()).containsExactly(FAILED, FAILED);
    }

    /** Runs that are busy or only plan say nothing of whether the next one fails. */
    @ParameterizedTest
    @CsvSource({"NOTHING_NEW, 1", "BUSY, 0", "PLANNED, 0"})
    void onlyRunsThatLookedAtTheTableEndItsTrouble(String next, int more) {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();
        fixture.announcements.ended(failure(1, "Glue said no"));

        fixture.announcements.ended(Ends.read(Ends.end("SUCCEEDED", null, 2)
                .put("output", "{\"table\":\"analytics.flights\",\"next\":\"" + next + "\"}")));

        assertThat(subjects()).hasSize(1 + more);
    }

    /** Nothing of them lies in the state bucket, and their inputs name only a URI. */
    @Test
    void runsThatFailBeforeTheirTableIsKnownAreToldOnceADay() {
        for (int hour = 0; hour < 26; hour++) {
            fixture.announcements.ended(Ends.read(unnamed("FAILED", hour)));
            fixture.clock.advance(Duration.ofHours(1));
        }
        fixture.announcements.ended(Ends.read(
                unnamed("SUCCEEDED", 99).put("output", "{\"table\":\"analytics.flights\",\"status\":\"COMPLETE\"}")));

        assertThat(subjects())
                .containsExactly(
                        "Run of table s3://specs/flights.json failed",
                        "Run of table s3://specs/flights.json still fails",
                        "Runs of table analytics.flights succeed again");
    }

    private static ObjectNode unnamed(String status, int hour) {
        ObjectNode end = Ends.end(status, "x.SpecException", hour).put("name", "hourly-" + hour);
        return end.put(
                        "input",
                        "{\"id\":\"" + hour + "\",\"time\":\"" + hour + "\",\"spec\":\"s3://specs/flights.json\"}")
                .put("executionArn", Ends.ARN.replace("nightly-1", "hourly-" + hour));
    }

    @Test
    void runWhoseSpecWasRefusedIsNotToBeRedriven() {
        fixture.announcements.ended(Ends.read(Ends.end("FAILED", "io.fanin.core.spec.SpecException", 1)));

        assertThat(fixture.aws.sns().published().get(0).get("Message"))
                .contains("start a new execution: a redrive would read the same input")
                .doesNotContain("fanin redrive");
    }

    @Test
    void partialPassThatIsNotHeldAsksForNoRedrive() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        fixture.writeSpec(RUN, OnPartial.SUCCEED);

        pass.registerAndTell();

        assertThat(fixture.aws.sns().published().get(0).get("Message"))
                .contains("fanin status analytics.flights")
                .doesNotContain("redrive");
    }

    @Test
    void executionThatTheGateHoldsTellsNothingMore() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        fixture.announcements.ended(Ends.ended("FAILED", HELD, 1));

        assertThat(subjects()).containsExactly(PARTIAL);
    }

    @Test
    void topicThatCannotBeReachedIsToldAtTheEndOfTheExecution() {
        fixture.aws.faults().on("Publish").then(new Fault.Drop());
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        assertThatThrownBy(() -> fixture.announcements.ended(Ends.ended("FAILED", HELD, 1)))
                .isExactlyInstanceOf(NotificationFailedException.class)
                .hasMessageContaining("topic");
        fixture.aws.faults().clear();

        fixture.announcements.ended(Ends.ended("FAILED", HELD, 1));

        assertThat(subjects()).containsExactly(PARTIAL);
        assertThat(notices()).as("who was reached is not told again").hasSize(1);
    }

    @Test
    void whereverTheFunctionDiesPeopleAreToldOnceOrTwice() {
        boolean crashed = true;
        for (int request = 1; crashed; request++) {
            for (Moment moment : Moment.values()) {
                RunFixture own = new RunFixture();
                Pass pass = own.pass(RUN, 0, hours(3)).failing(1);
                Crashes crashes = new Crashes(request, moment);
                own.aws.faults().hook(crashes);
                try {
                    pass.registerAndTell();
                } catch (Crashes.Crash | IllegalStateException e) {
                    assertThat(crashes.happened()).isTrue();
                }
                own.aws.faults().clear();
                crashed = crashes.happened();
                pass.registerAndTell();
                own.announcements.ended(Ends.ended("FAILED", HELD, 1));

                assertThat(own.aws.sns().published())
                        .as("crash %s request %d", moment, request)
                        .hasSizeBetween(1, 2);
                assertThat(own.record().told()).containsOnlyKeys("topic", "bus");
            }
        }
    }

    @Test
    void hostileNamesActOnNothing() {
        ObjectNode end = Ends.end("FAILED", "Bad\u001b[2J", 1).put("cause", "\u2028\r\n\u0000".repeat(100_000));

        fixture.announcements.ended(Ends.read(end));

        assertThat(fixture.aws.sns().published())
                .singleElement()
                .satisfies(message -> assertThat(message.get("Message"))
                        .hasSizeLessThan(3_000)
                        .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]"));
    }

    private List<JsonNode> notices() {
        return fixture.aws.events().events().stream()
                .filter(event -> event.path("DetailType").asText().equals("Notice"))
                .map(event -> json(event.path("Detail").textValue()))
                .toList();
    }

    private List<String> subjects() {
        return fixture.aws.sns().published().stream()
                .map((Map<String, String> message) -> message.get("Subject"))
                .toList();
    }

    private static io.fanin.tablecreator.events.RunEnd failure(int time, String cause) {
        return Ends.read(Ends.end("FAILED", GLUE, time).put("cause", cause));
    }
}
