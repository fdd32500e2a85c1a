package io.fanin.tablecreator;

import static io.fanin.tablecreator.Ends.HELD;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.record.SentNotice;
import io.fanin.fakes.Fault;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.tablecreator.events.NotificationFailedException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The notices about a table, and failures to send them. */
class NoticesTest {

    private static final String PARTIAL = "Table analytics.flights is partial";

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
        fixture.starts.beginLeased(RUN, Json.read("""
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
    void noticeLeadsWithTheSpecWhereAllPartitionsFailAlike() {
        fixture.pass(RUN, 0, hours(3)).failing("BadRecord", 0, 1, 2).registerAndTell();

        assertThat(fixture.aws.sns().published().getFirst().get("Message"))
                .contains("Command: " + FailureAdvice.PROBABLY_SPEC + " fanin redrive nightly-1");
    }

    @Test
    void noticeOfARetryDoesNotBlameTheSpec() {
        fixture.pass(RUN, 0, hours(3)).failing("BadRecord", 0, 1).register();
        RunId retry = new RunId("nightly-2");

        fixture.pass(retry, 0, hours(2)).failing("BadRecord", 0, 1).registerAndTell();

        assertThat(fixture.aws.sns().published().getFirst().get("Message"))
                .contains("2 partitions outstanding")
                .doesNotContain(FailureAdvice.PROBABLY_SPEC);
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
    void runWhoseSpecWasRefusedIsNotToBeRedriven() {
        fixture.announcements.ended(Ends.read(Ends.end("FAILED", "io.fanin.model.spec.SpecException", 1)));

        assertThat(fixture.aws.sns().published().get(0).get("Message"))
                .contains(ExecutionError.SPEC_REFUSED.advice())
                .doesNotContain("fanin redrive");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExecutionError.class,
            names = {"RECORD_LOST", "TABLE_REPLACED", "HEAP_EXHAUSTED", "CATALOG_UNAVAILABLE"})
    void failureThatARedriveDoesNotHealIsToldWithItsAdvice(ExecutionError error) {
        fixture.announcements.ended(Ends.read(Ends.end("FAILED", error.className(), 1)));

        boolean isHealed = error == ExecutionError.CATALOG_UNAVAILABLE;
        assertThat(fixture.aws.sns().published().get(0).get("Message"))
                .contains("Command: " + (isHealed ? "fanin redrive" : error.advice()));
    }

    /** They need another spec, and the run does not. */
    @Test
    void failureOfARunIsToldWithAdviceOfItsOwnWhateverIsOutstanding() {
        fixture.pass(RUN, 0, hours(3)).failing("SqlError", 0).registerAndTell();

        fixture.announcements.ended(Ends.read(Ends.end("FAILED", ExecutionError.CATALOG_UNAVAILABLE.className(), 1)
                .put("name", "nightly-2")
                .put("executionArn", Ends.ARN.replace("nightly-1", "nightly-2"))
                .put("input", "{\"database\":\"analytics\",\"table\":\"flights\"}")));

        assertThat(fixture.aws.sns().published().getLast().get("Message"))
                .contains("Why: io.fanin.core.catalog.CatalogUnavailableException")
                .contains("Command: fanin redrive nightly-2");
    }

    /** Whoever asked for the plan sees the refusal; nothing that readers have is concerned. */
    @Test
    void planThatIsRefusedIsToldToNobodyElse() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();

        fixture.announcements.ended(Ends.read(Ends.end("FAILED", "io.fanin.model.spec.SpecException", 1)
                .put("input", "{\"database\":\"analytics\",\"table\":\"flights\",\"dryRun\":true}")));

        assertThat(fixture.sent.subjects()).isEmpty();
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

        assertThat(fixture.sent.subjects()).containsExactly(PARTIAL);
    }

    @Test
    void unreachableTopicIsRetriedAtTheEndOfTheExecution() {
        fixture.aws.faults().on("Publish").then(new Fault.Drop());
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        assertThatThrownBy(() -> fixture.announcements.ended(Ends.ended("FAILED", HELD, 1)))
                .isExactlyInstanceOf(NotificationFailedException.class)
                .hasMessageContaining("topic");
        fixture.aws.faults().clear();

        fixture.announcements.ended(Ends.ended("FAILED", HELD, 1));

        assertThat(fixture.sent.subjects()).containsExactly(PARTIAL);
        assertThat(fixture.sent.notices())
                .as("who was reached is not told again")
                .hasSize(1);
    }

    /** Such as a topic that the stack no longer has: a table with notices is never up to date. */
    @Test
    void noticesOfListenersThatAreGoneAreForgotten() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        SentNotice last = fixture.record().notices().get("topic");
        fixture.records
                .open(RunFixture.FLIGHTS)
                .update(known -> SentNotice.noted(known, Map.of("webhook", Optional.of(last))), () -> {});
        assertThat(fixture.record().notices()).containsOnlyKeys("topic", "bus", "webhook");

        fixture.pass(new RunId("nightly-2"), 0, hours(2)).registerAndTell();

        assertThat(fixture.record().notices()).isEmpty();
    }

    @Test
    void whereverTheFunctionDiesPeopleAreToldOnceOrTwice() {
        Crashes.atEachRequest(own -> own.pass(RUN, 0, hours(3)).failing(1), (own, crash) -> {
            own.announcements.ended(Ends.ended("FAILED", HELD, 1));

            assertThat(own.aws.sns().published()).as(crash).hasSizeBetween(1, 2);
            assertThat(own.record().notices()).as(crash).containsOnlyKeys("topic", "bus");
        });
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
}
