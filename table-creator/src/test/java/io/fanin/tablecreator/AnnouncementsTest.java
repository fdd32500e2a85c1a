package io.fanin.tablecreator;

import static io.fanin.tablecreator.Ends.ARN;
import static io.fanin.tablecreator.Ends.HELD;
import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.execution;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.run.TableStatus;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.NotificationFailedException;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The notifications of a pass, their number, and failures to send them. */
class AnnouncementsTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void partialPassIsToldToPrograms() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        ObjectNode event = fixture.sent.runEvents().findFirst().orElseThrow();
        assertThat(event.path("Source").asText()).isEqualTo("partition-fan-in");
        assertThat(event.path("DetailType").asText()).isEqualTo("Table Partial");
        assertThat(event.path("EventBusName").asText()).isEqualTo("default");
        assertThat(event.path("Resources")).containsExactly(Json.documents().valueToTree(ARN));
        assertThat(fixture.sent.detail(0)).isEqualTo(json("""
                        {"schemaVersion":1,"id":"nightly-1/0/partial","run":"nightly-1","pass":0,
                         "execution":"%s","database":"analytics","table":"flights","location":"s3://lake/flights/",
                         "status":"PARTIAL","registered":2,"failed":1,"outstanding":1,"setAside":0,
                         "completeThrough":"2013-02-08T00:00",
                         "failures":[{"partition":"dt=2013-02-08/hour=1","error":"Truncated",
                                      "message":"object a.json.gz is cut short"}],
                         "report":"s3://state/runs/nightly-1/report.json"}
                        """.formatted(ARN)));
    }

    @Test
    void completePassIsToldToProgramsAlone() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();

        assertThat(fixture.sent.types()).containsExactly("Table Complete");
        assertThat(fixture.sent.detail(0).path("id").asText()).isEqualTo("nightly-1/0/complete");
        assertThat(fixture.aws.sns().published()).isEmpty();
    }

    @Test
    void healedTableIsToldByWhoHealedItAndOnlyOnce() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.pass(RUN, 1, hour(1)).registerAndTell();
        fixture.pass(LATER_RUN, 0, hour(4)).registerAndTell();

        assertThat(fixture.sent.types()).containsExactly("Table Partial", "Table Healed", "Table Complete");
    }

    @Test
    void healedTableIsToldWhereverTheFunctionDied() {
        Crashes.atEachRequest(
                own -> {
                    own.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
                    return own.pass(RUN, 1, hour(1));
                },
                (own, crash) -> assertThat(own.sent.types())
                        .as(crash)
                        .startsWith("Table Partial", "Table Healed")
                        .doesNotContain("Table Complete")
                        .hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void repeatedInvocationTellsNobodyAgain() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass.registerAndTell();

        pass.registerAndTell();
        fixture.announcements.ended(Ends.ended("FAILED", HELD, 1));

        assertThat(fixture.sent.types()).containsExactly("Table Partial");
        assertThat(fixture.aws.sns().published()).hasSize(1);
    }

    @Test
    void eventThatTheBusDidNotTakeIsSentAgain() {
        fixture.aws
                .faults()
                .on("PutEvents")
                .first(1)
                .thenFailEntries(entry -> true, new Fault.Fail(500, "InternalFailure", "try again"));

        fixture.pass(RUN, 0, hours(3)).registerAndTell();

        assertThat(fixture.sent.types()).containsExactly("Table Complete");
        assertThat(fixture.aws.log().calls("PutEvents")).hasSize(2);
    }

    @Test
    void unreachableBusIsRetriedWhenTheExecutionEnds() {
        fixture.aws
                .faults()
                .on("PutEvents")
                .thenFailEntries(entry -> true, new Fault.Fail(500, "InternalFailure", "not today"));

        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(3)).registerAndTell();
        assertThatThrownBy(() -> fixture.announcements.ended(Ends.ended("SUCCEEDED", null, 1)))
                .isExactlyInstanceOf(NotificationFailedException.class)
                .hasMessageContainingAll("nightly-1", "event nightly-1/0/complete");
        fixture.aws.faults().clear();
        fixture.announcements.ended(Ends.ended("SUCCEEDED", null, 1));

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.sent.types()).containsExactly("Table Complete");
        assertThat(fixture.sent.detail(0).path("id").asText()).isEqualTo("nightly-1/0/complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutEvents", "Publish"})
    void whoCannotBeReachedKeepsNobodyElseFromBeingTold(String operation) {
        fixture.aws.faults().on(operation).then(new Fault.Drop());

        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.aws.faults().clear();

        assertThat(fixture.sent.types()).hasSize(operation.equals("PutEvents") ? 0 : 1);
        assertThat(fixture.aws.sns().published()).hasSize(operation.equals("Publish") ? 0 : 1);
        fixture.announcements.ended(Ends.ended("FAILED", HELD, 1));
        assertThat(fixture.sent.types()).containsExactly("Table Partial");
        assertThat(fixture.aws.sns().published()).hasSize(1);
    }

    @Test
    void failedMarkMeansADuplicateWithTheSameId() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("/told/"))
                .thenFail(403, "AccessDenied", "no");
        Pass pass = fixture.pass(RUN, 0, hours(3));
        pass.registerAndTell();
        fixture.aws.faults().clear();

        pass.registerAndTell();

        assertThat(fixture.sent.types()).containsExactly("Table Complete", "Table Complete");
        assertThat(fixture.sent.detail(0).path("id"))
                .isEqualTo(fixture.sent.detail(1).path("id"));
    }

    @Test
    void whereNobodyListensNothingIsAskedOrSent() {
        Announcements nobody = fixture.announcements(new Announcer(List.of()), Notices.NONE, TableMetrics.NONE);
        Pass pass = fixture.pass(RUN, 0, hours(3));
        TableCreatorAnswer answer = pass.register();
        TableCreator.PassOutcome outcome =
                new TableCreator.PassOutcome(answer, fixture.report(RUN), Optional.empty(), Optional.empty());
        fixture.aws.log().reset();

        nobody.announce(
                new TableCreatorInput.Register(RUN, 0, pass.receipts(), execution(RUN, OptionalInt.empty())), outcome);
        nobody.ended(Ends.ended("FAILED", "States.Runtime", 1));

        assertThat(fixture.aws.log().calls()).isEmpty();
    }
}
