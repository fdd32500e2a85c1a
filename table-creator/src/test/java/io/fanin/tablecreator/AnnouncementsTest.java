package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.execution;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import io.fanin.core.run.TableStatus;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.core.spec.OnPartial;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.NotificationFailedException;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told what of a run, how often, and what happens when somebody cannot be told. */
class AnnouncementsTest {

    private static final String PARTIAL = "io.fanin.tablecreator.TablePartialException";
    private static final String ARN = Ends.ARN;

    private final RunFixture fixture = new RunFixture();

    @Test
    void partialPassIsToldToPrograms() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        ObjectNode event = fixture.runEvents().findFirst().orElseThrow();
        assertThat(event.path("Source").asText()).isEqualTo("partition-fan-in");
        assertThat(event.path("DetailType").asText()).isEqualTo("Table Partial");
        assertThat(event.path("EventBusName").asText()).isEqualTo("default");
        assertThat(event.path("Resources")).containsExactly(Json.documents().valueToTree(ARN));
        assertThat(detail(0)).isEqualTo(json("""
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

        assertThat(types()).containsExactly("Table Complete");
        assertThat(detail(0).path("id").asText()).isEqualTo("nightly-1/0/complete");
        assertThat(fixture.aws.sns().published()).isEmpty();
    }

    @Test
    void healedTableIsToldByWhoHealedItAndOnlyOnce() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.pass(RUN, 1, hour(1)).registerAndTell();
        fixture.pass(LATER_RUN, 0, hour(4)).registerAndTell();

        assertThat(types()).containsExactly("Table Partial", "Table Healed", "Table Complete");
    }

    @Test
    void healedTableIsToldWhereverTheFunctionDied() {
        boolean crashed = true;
        for (int request = 1; crashed; request++) {
            for (Moment moment : Moment.values()) {
                RunFixture own = new RunFixture();
                own.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
                Pass pass = own.pass(RUN, 1, hour(1));
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

                assertThat(types(own))
                        .as("crash %s request %d", moment, request)
                        .startsWith("Table Partial", "Table Healed")
                        .doesNotContain("Table Complete")
                        .hasSizeLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void repeatedInvocationTellsNobodyAgain() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass.registerAndTell();

        pass.registerAndTell();
        fixture.announcements.ended(Ends.ended("FAILED", PARTIAL, 1));

        assertThat(types()).containsExactly("Table Partial");
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

        assertThat(types()).containsExactly("Table Complete");
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
        assertThat(types()).containsExactly("Table Complete");
        assertThat(detail(0).path("id").asText()).isEqualTo("nightly-1/0/complete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PutEvents", "Publish"})
    void whoCannotBeReachedKeepsNobodyElseFromBeingTold(String operation) {
        fixture.aws.faults().on(operation).then(new Fault.Drop());

        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        fixture.aws.faults().clear();

        assertThat(types()).hasSize(operation.equals("PutEvents") ? 0 : 1);
        assertThat(fixture.aws.sns().published()).hasSize(operation.equals("Publish") ? 0 : 1);
        fixture.announcements.ended(Ends.ended("FAILED", PARTIAL, 1));
        assertThat(types()).containsExactly("Table Partial");
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

        assertThat(types()).containsExactly("Table Complete", "Table Complete");
        assertThat(detail(0).path("id")).isEqualTo(detail(1).path("id"));
    }

    @Test
    void executionThatTheGateHoldsHasNotFailed() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        fixture.announcements.ended(Ends.ended("FAILED", PARTIAL, 1));

        assertThat(types()).containsExactly("Table Partial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "TIMED_OUT", "ABORTED"})
    void executionThatEndedOtherwiseHasFailed(String status) {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        fixture.announcements.ended(Ends.ended(status, null, 1));

        assertThat(types()).containsExactly("Table Partial", "Run Failed");
        assertThat(detail(1).path("error").asText()).isEqualTo(status);
        assertThat(detail(1).path("outstanding").asInt()).isEqualTo(1);
        assertThat(Schemas.errors("event-1", detail(1))).isEmpty();
    }

    /** Nothing of it lies in the state bucket. */
    @ParameterizedTest
    @CsvSource({"nightly=1, nightly~3D1", "a(b), a~28b~29", ".5@noon, ~2E5~40noon"})
    void failureIsToldWhateverTheExecutionIsCalled(String name, String run) {
        String arn = ARN.replace(RUN.value(), name);
        ObjectNode end = Ends.end("FAILED", "Lambda.SnapStartException", 1)
                .put("name", name)
                .put("executionArn", arn);

        fixture.announcements.ended(Ends.read(end));

        assertThat(types()).containsExactly("Run Failed");
        assertThat(detail(0).path("run").textValue()).isEqualTo(run);
        assertThat(detail(0).path("execution").textValue()).isEqualTo(arn);
        assertThat(Schemas.errors("event-1", detail(0))).isEmpty();
        assertThat(fixture.aws.sns().published()).hasSize(1);
    }

    @Test
    void failureSaysWhyInTheWordsOfTheFunction() {
        fixture.writeSpec(RUN, OnPartial.FAIL);

        fixture.announcements.ended(Ends.ended("FAILED", "io.fanin.core.catalog.CatalogException", 1));

        assertThat(detail(0)).isEqualTo(json("""
                        {"schemaVersion":1,"id":"nightly-1/1385000000001/failed","run":"nightly-1","execution":"%s",
                         "database":"analytics","table":"flights","location":"s3://lake/flights/","failures":[],
                         "error":"io.fanin.core.catalog.CatalogException","cause":"Glue said no"}
                        """.formatted(ARN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"database\":\"analytics\",\"table\":\"flights\"}",
                "{\"id\":\"1\",\"time\":\"x\",\"spec\":{\"database\":\"analytics\",\"table\":\"flights\"}}",
                "{\"spec\":{\"database\":\"analytics\",\"table\":\"test\"},\"table\":\"flights\"}",
                "{\"spec\":\"s3://specs/flights.json\"}",
                "[]",
                "not json",
                ""
            })
    void runThatFailedBeforeItHadASpecIsToldWithWhatItsInputSays(String input) {
        ObjectNode end =
                Ends.end("FAILED", "io.fanin.core.spec.SpecException", 1).put("input", input);

        fixture.announcements.ended(Ends.read(end));

        assertThat(types()).containsExactly("Run Failed");
        assertThat(detail(0).path("table").asText()).isEqualTo(input.contains("\"table\"") ? "flights" : "");
        assertThat(Schemas.errors("event-1", detail(0))).isEmpty();
    }

    @Test
    void eachFailureOfTheExecutionIsSentOnce() {
        fixture.announcements.ended(Ends.ended("FAILED", "States.Runtime", 1));
        fixture.announcements.ended(Ends.ended("FAILED", "States.Runtime", 1));
        fixture.announcements.ended(Ends.ended("FAILED", "States.Runtime", 2));

        assertThat(types()).containsExactly("Run Failed", "Run Failed");
        assertThat(detail(0).path("id")).isNotEqualTo(detail(1).path("id"));
    }

    @Test
    void endWithoutErrorIsThatOfAHeldRunAfterTheGate() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);

        fixture.announcements.ended(Ends.ended("FAILED", null, 1));
        fixture.announcements.ended(Ends.ended("ABORTED", null, 2));

        assertThat(types()).containsExactly("Table Partial", "Run Failed");
        assertThat(detail(1).path("error").asText()).isEqualTo("ABORTED");
    }

    @Test
    void tableOfAnInputIsNamedInFewWords() {
        ObjectNode input = Json.documents()
                .createObjectNode()
                .put("database", "a\n".repeat(200_000))
                .put("table", "t".repeat(200_000));

        fixture.announcements.ended(
                Ends.read(Ends.end("FAILED", "x.SpecException", 1).put("input", input.toString())));

        assertThat(detail(0).path("database").asText()).hasSizeLessThan(300).doesNotContainPattern("\\p{Cntrl}");
        assertThat(detail(0).path("table").asText()).hasSizeLessThan(300);
    }

    @Test
    void mapExecutionsAndEmptyRunsAreNotAnnounced() {
        ObjectNode child = Ends.end("FAILED", "Sandbox.Timedout", 1)
                .put("executionArn", "arn:aws:states:us-east-1:000000000000:execution:partition-fan-in/Partitions:x");

        fixture.announcements.ended(Ends.read(child));
        fixture.announcements.ended(Ends.ended("SUCCEEDED", null, 1));

        assertThat(types()).isEmpty();
    }

    @Test
    void hostileCauseStaysShortAndOnItsLines() {
        ObjectNode end = Ends.end("FAILED", "Bad\u001b[2J", 1).put("cause", "\u2028\r\n\u0000".repeat(100_000));

        fixture.announcements.ended(Ends.read(end));

        assertThat(detail(0).path("cause").asText()).hasSize(2_003).doesNotContainPattern("\\p{Cntrl}");
        assertThat(Schemas.errors("event-1", detail(0))).isEmpty();
        assertThat(fixture.aws.sns().published()).hasSize(1);
    }

    @Test
    void whereNobodyListensNothingIsAskedOrSent() {
        Announcements nobody = new Announcements(
                new RunFolders(fixture.state),
                fixture.records,
                new Announcer(List.of()),
                Notices.NONE,
                TableMetrics.NONE);
        Pass pass = fixture.pass(RUN, 0, hours(3));
        TableCreatorAnswer answer = pass.register();
        TableCreator.Registered registered =
                new TableCreator.Registered(answer, fixture.report(RUN), Optional.empty(), false);
        fixture.aws.log().reset();

        nobody.told(
                new TableCreatorInput.Register(RUN, 0, pass.receipts(), execution(RUN, OptionalInt.empty())),
                registered);
        nobody.ended(Ends.ended("FAILED", "States.Runtime", 1));

        assertThat(fixture.aws.log().calls()).isEmpty();
    }

    private List<String> types() {
        return types(fixture);
    }

    private static List<String> types(RunFixture fixture) {
        return fixture.runEvents()
                .map(event -> event.path("DetailType").asText())
                .toList();
    }

    private JsonNode detail(int event) {
        return json(fixture.runEvents().toList().get(event).path("Detail").textValue());
    }
}
