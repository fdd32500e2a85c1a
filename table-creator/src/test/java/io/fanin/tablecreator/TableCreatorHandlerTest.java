package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.tablecreator.metrics.TableMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function as invoked by the state machine, with the input that Step Functions really sends. */
class TableCreatorHandlerTest {

    private final RunFixture fixture = new RunFixture();
    private final TableCreatorHandler handler = fixture.handler(TableMetrics.NONE);

    @Test
    void registersAPass() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);

        JsonNode answer = invoke("""
                {"action":"register","run":"nightly-1","pass":0,"receipts":%s,"execution":%s}
                """.formatted(pass.receipts(), execution("\"RedriveCount\":0,")));

        assertThat(answer).isEqualTo(json("""
                        {"run":"nightly-1","pass":0,"table":"analytics.flights","status":"PARTIAL","onPartial":"fail",
                         "registered":2,"failed":1,"outstanding":1,"setAside":0,"report":"s3://state/runs/nightly-1/report.json",
                         "detection":{"reasons":{},"found":1,"waiting":0,"setAside":0,"missing":0,"skipped":0}}
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"receipts\":null,", "\"receipts\":[],", "\"receipts\":[null,null,null],", ""})
    void passWithoutReceiptsIsPartial(String receipts) {
        fixture.pass(RUN, 0, hours(3));

        JsonNode answer = invoke("{\"action\":\"register\"," + receipts
                + "\"run\":\"nightly-1\",\"pass\":0,\"execution\":" + execution("") + "}");

        assertThat(answer.path("status").asText()).isEqualTo("PARTIAL");
        assertThat(answer.path("failed").asInt()).isEqualTo(3);
    }

    @Test
    void primingAsksEachServiceOnceAndLeavesNothing() {
        assertThat(handler.priming().prime()).isEmpty();

        assertThat(fixture.aws.log().counts()).containsOnlyKeys("GetObject", "GetTable");
        assertThat(fixture.aws.s3().keys(RunFixture.STATE)).isEmpty();
    }

    @Test
    void primingIsWholeWhereItsTableMayNotBeRead() {
        fixture.aws.glue().faults().on("GetTable").thenFail(400, "AccessDeniedException", "not authorized");

        assertThat(handler.priming().prime()).isEmpty();
    }

    @Test
    void holdsAndThenLeadsToTheNextPass() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        assertThatThrownBy(() -> invoke(hold("\"RedriveCount\":0,"))).isInstanceOf(TablePartialException.class);
        JsonNode answer = invoke(hold("\"RedriveCount\":1,\"RedriveTime\":\"2013-02-09T01:00:00.000Z\","));

        assertThat(answer).isEqualTo(json("""
                        {"run":"nightly-1","pass":1,"table":"analytics.flights","next":"PROCESS",
                         "manifest":"runs/nightly-1/pass-1/manifest.json","partitions":1,"batches":1,"receipts":[]}
                        """));
        assertThat(fixture.aws
                        .s3()
                        .text(RunFixture.STATE, "runs/nightly-1/pass-1/manifest.json")
                        .map(RunFixture::json))
                .hasValue(json("""
                                [{"id":0,"partitions":[{"values":["2013-02-08","1"],
                                                        "prefix":"flights/dt=2013-02-08/hour=1/"}]}]
                                """));
    }

    @Test
    void holdsOnceWhereTheEngineKnowsNoRedrive() {
        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        assertThatThrownBy(() -> invoke(hold(""))).isInstanceOf(TablePartialException.class);
        assertThat(invoke(hold("")).path("pass").asInt()).isEqualTo(1);
    }

    /** As EventBridge has it. */
    @Test
    void takesNoteOfAnExecutionThatHasEnded() {
        JsonNode answer = invoke("""
                {"version":"0","id":"315c1398-40ff-a850-213b-158f73e60175",
                 "detail-type":"Step Functions Execution Status Change","source":"aws.states",
                 "account":"123456789012","time":"2019-02-26T19:42:21Z","region":"us-east-1",
                 "resources":["arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:nightly-1"],
                 "detail":{
                  "executionArn":"arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:nightly-1",
                  "stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:partition-fan-in",
                  "name":"nightly-1","status":"FAILED","startDate":1551225271984,"stopDate":1551225275984,"input":"{}",
                  "output":null,"stateMachineVersionArn":null,"stateMachineAliasArn":null,"redriveCount":0,
                  "redriveDate":null,"redriveStatus":"REDRIVABLE","redriveStatusReason":null,
                  "inputDetails":{"included":true},"outputDetails":null,"error":"States.Runtime","cause":"why"}}
                """);

        assertThat(answer).isEqualTo(json("{\"run\":\"nightly-1\",\"sent\":[]}"));
    }

    @Test
    void unknownActionIsRefused() {
        assertThatThrownBy(() -> invoke("{\"action\":\"drop\",\"run\":\"nightly-1\",\"pass\":0}"))
                .hasMessageContaining("drop");
    }

    private static String hold(String redrive) {
        return "{\"action\":\"hold\",\"run\":\"nightly-1\",\"pass\":0,\"execution\":" + execution(redrive) + "}";
    }

    /** {@code $$.Execution}. */
    private static String execution(String redrive) {
        return """
                {"Id":"arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:nightly-1",
                 "Input":{"database":"analytics","table":"flights"},
                 "Name":"nightly-1",
                 "RoleArn":"arn:aws:iam::123456789012:role/partition-fan-in",
                 %s
                 "StartTime":"2013-02-09T00:00:00.000Z"}
                """.formatted(redrive);
    }

    private JsonNode invoke(String event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return json(answer.toString(StandardCharsets.UTF_8));
    }
}
