package io.fanin.tablecreator;

import static io.fanin.tablecreator.Ends.ARN;
import static io.fanin.tablecreator.Ends.HELD;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.AllTablesFolder;
import io.fanin.core.alltables.Selection;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.answer.ExecutionError;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.OnPartial;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notifications when an execution has ended. */
class ExecutionEndsTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void executionThatTheGateHoldsHasNotFailed() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        fixture.announcements.ended(Ends.ended("FAILED", HELD, 1));

        assertThat(fixture.sent.types()).containsExactly("Table Partial");
    }

    /** Whoever has redriven it sees that, and the table is as it was told to be. */
    @ParameterizedTest
    @EnumSource(names = {"TABLE_BUSY", "REDRIVEN_WHILE_BUSY"})
    void redriveBesideAnotherRunIsNoFailureToTell(ExecutionError error) {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        int told = fixture.sent.subjects().size();

        fixture.announcements.ended(Ends.ended("FAILED", error.className(), 1));

        assertThat(fixture.sent.subjects()).hasSize(told);
    }

    /** It has processed what nobody registers, unless it is redriven. */
    @Test
    void runWhoseTableWasTakenOverIsTold() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);
        fixture.hold(RUN, 0, OptionalInt.of(1));

        fixture.announcements.ended(Ends.ended("FAILED", ExecutionError.TABLE_BUSY.className(), 1));

        assertThat(fixture.sent.subjects()).last().isEqualTo("Run of table analytics.flights failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "TIMED_OUT", "ABORTED"})
    void executionThatEndedOtherwiseHasFailed(String status) {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();

        fixture.announcements.ended(Ends.ended(status, null, 1));

        assertThat(fixture.sent.types()).containsExactly("Table Partial", "Run Failed");
        assertThat(fixture.sent.detail(1).path("error").asText()).isEqualTo(status);
        assertThat(fixture.sent.detail(1).path("outstanding").asInt()).isEqualTo(1);
        assertThat(Schemas.errors("event-1", fixture.sent.detail(1))).isEmpty();
    }

    @Test
    void noticeOfAStoppedExecutionSaysWhatBecomesOfIt() {
        fixture.pass(RUN, 0, hours(3)).registerAndTell();

        fixture.announcements.ended(Ends.read(Ends.end("ABORTED", null, 1).put("cause", "")));

        assertThat(fixture.aws.sns().published().getLast().get("Message"))
                .contains("Why: ABORTED: whoever stopped it gave no reason; the next run does what is left");
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

        assertThat(fixture.sent.types()).containsExactly("Run Failed");
        assertThat(fixture.sent.detail(0).path("run").textValue()).isEqualTo(run);
        assertThat(fixture.sent.detail(0).path("execution").textValue()).isEqualTo(arn);
        assertThat(Schemas.errors("event-1", fixture.sent.detail(0))).isEmpty();
        assertThat(fixture.aws.sns().published()).hasSize(1);
    }

    /** SNS takes no empty attribute, and the state bucket no table that has no name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"spec\":\"\"}",
                "{\"database\":\"a/b\",\"table\":\"../x\"}",
                "{\"database\":\"\",\"table\":\"\"}"
            })
    void failureIsToldWhateverTheInputSays(String input) {
        ObjectNode end =
                Ends.end("FAILED", "io.fanin.model.spec.SpecException", 1).put("input", input);

        fixture.announcements.ended(Ends.read(end));

        assertThat(fixture.sent.types()).containsExactly("Run Failed");
        assertThat(fixture.aws.sns().published())
                .singleElement()
                .asString()
                .doesNotContain("StringValue=,", "StringValue=}");
        assertThat(fixture.aws.s3().keys("state")).noneMatch(key -> key.contains(".."));
    }

    @Test
    void failureSaysWhyInTheWordsOfTheFunction() {
        fixture.writeSpec(RUN, OnPartial.FAIL);

        fixture.announcements.ended(Ends.ended("FAILED", "io.fanin.core.catalog.CatalogException", 1));

        assertThat(fixture.sent.detail(0)).isEqualTo(json("""
                        {"schemaVersion":1,"id":"nightly-1/1385000000001/failed","run":"nightly-1","execution":"%s",
                         "database":"analytics","table":"flights","location":"s3://lake/flights/","failures":[],
                         "ended":"FAILED","error":"io.fanin.core.catalog.CatalogException","cause":"Glue said no"}
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
                Ends.end("FAILED", "io.fanin.model.spec.SpecException", 1).put("input", input);

        fixture.announcements.ended(Ends.read(end));

        assertThat(fixture.sent.types()).containsExactly("Run Failed");
        assertThat(fixture.sent.detail(0).path("table").asText())
                .isEqualTo(input.contains("\"table\"") ? "flights" : "");
        assertThat(Schemas.errors("event-1", fixture.sent.detail(0))).isEmpty();
    }

    /** Its spec is in S3, and was not read, or contradicts the catalog. */
    @ParameterizedTest
    @ValueSource(
            strings = {"arn:aws:states:us-east-1:000000000000:execution:all-tables:night", "arn:x:other", "", "::"})
    void runOfAllTablesNamesTheTableOfOneThatItStarted(String startedBy) {
        ObjectNode input = Json.documents()
                .createObjectNode()
                .put("AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID", startedBy)
                .put("spec", "s3://specs/flights.json");
        new AllTablesFolder(fixture.state, new RunId("night"))
                .begin(() -> new Selection(
                        Selection.VERSION,
                        List.of(new TableItem(0, RunFixture.FLIGHTS, ARN, RUN.value(), input)),
                        List.of(),
                        List.of(),
                        true));

        fixture.announcements.ended(Ends.read(
                Ends.end("FAILED", "io.fanin.model.spec.SpecException", 1).put("input", input.toString())));

        boolean isKnown = startedBy.endsWith(":night");
        assertThat(fixture.sent.detail(0).path("table").asText()).isEqualTo(isKnown ? "flights" : "");
        assertThat(fixture.aws.sns().published().getFirst().toString())
                .contains(isKnown ? "analytics.flights" : "s3://specs/flights.json");
    }

    @Test
    void eachFailureOfTheExecutionIsSentOnce() {
        fixture.announcements.ended(Ends.ended("FAILED", "States.Runtime", 1));
        fixture.announcements.ended(Ends.ended("FAILED", "States.Runtime", 1));
        fixture.announcements.ended(Ends.ended("FAILED", "States.Runtime", 2));

        assertThat(fixture.sent.types()).containsExactly("Run Failed", "Run Failed");
        assertThat(fixture.sent.detail(0).path("id"))
                .isNotEqualTo(fixture.sent.detail(1).path("id"));
    }

    @Test
    void endWithoutErrorIsThatOfAHeldRunAfterTheGate() {
        fixture.pass(RUN, 0, hours(3)).failing(1).registerAndTell();
        assertThatThrownBy(() -> fixture.hold(RUN, 0, OptionalInt.of(0))).isInstanceOf(TablePartialException.class);

        fixture.announcements.ended(Ends.ended("FAILED", null, 1));
        fixture.announcements.ended(Ends.ended("ABORTED", null, 2));

        assertThat(fixture.sent.types()).containsExactly("Table Partial", "Run Failed");
        assertThat(fixture.sent.detail(1).path("error").asText()).isEqualTo("ABORTED");
    }

    @Test
    void tableOfAnInputIsNamedInFewWords() {
        ObjectNode input = Json.documents()
                .createObjectNode()
                .put("database", "a\n".repeat(200_000))
                .put("table", "t".repeat(200_000));

        fixture.announcements.ended(
                Ends.read(Ends.end("FAILED", "x.SpecException", 1).put("input", input.toString())));

        assertThat(fixture.sent.detail(0).path("database").asText())
                .hasSizeLessThan(300)
                .doesNotContainPattern("\\p{Cntrl}");
        assertThat(fixture.sent.detail(0).path("table").asText()).hasSizeLessThan(300);
    }

    @Test
    void mapExecutionsAndEmptyRunsAreNotAnnounced() {
        ObjectNode child = Ends.end("FAILED", "Sandbox.Timedout", 1)
                .put("executionArn", "arn:aws:states:us-east-1:000000000000:execution:partition-fan-in/Partitions:x");

        fixture.announcements.ended(Ends.read(child));
        fixture.announcements.ended(Ends.ended("SUCCEEDED", null, 1));

        assertThat(fixture.sent.types()).isEmpty();
    }

    @Test
    void hostileCauseStaysShortAndOnItsLines() {
        ObjectNode end = Ends.end("FAILED", "Bad\u001b[2J", 1).put("cause", "\u2028\r\n\u0000".repeat(100_000));

        fixture.announcements.ended(Ends.read(end));

        assertThat(fixture.sent.detail(0).path("cause").asText()).hasSize(2_003).doesNotContainPattern("\\p{Cntrl}");
        assertThat(Schemas.errors("event-1", fixture.sent.detail(0))).isEmpty();
        assertThat(fixture.aws.sns().published()).hasSize(1);
    }
}
