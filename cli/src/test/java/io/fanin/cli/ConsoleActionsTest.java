package io.fanin.cli;

import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.running;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static io.fanin.cli.OpenConsole.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.RecordedRun;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.rules.SpecReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/** The forms of the console redrive, run, plan and waive. */
class ConsoleActionsTest {

    @RegisterExtension
    final OpenConsole console = new OpenConsole();

    private final CliFixture cli = console.cli;
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void partialRunIsRedriven() throws Exception {
        cli.stepFunctions.onRedrive(execution -> cli.stepFunctions.put(
                described("flights-1", "RUNNING").redriveCount(1).build()));

        HttpResponse<String> answer = console.send(console.request("/runs/flights-1/redrive")
                .POST(BodyPublishers.ofString("token=" + console.token()))
                .header("Origin", "http://127.0.0.1:" + console.port()));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(RUN);
        assertThat(cli.stepFunctions.calls).contains("RedriveExecution");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    /** DescribeExecution is eventually consistent, and a page of an unknown run would be an error. */
    @Test
    void runIsShownOnceItCanBeSeen() throws Exception {
        cli.store.put("runs/flights-1/spec.json", Json.text(cli.spec()));
        lastRunIs("flights-1");
        cli.stepFunctions.onDescribe(arn -> {
            if (arn.contains("analytics-flights-") && looks.incrementAndGet() < 3) {
                throw ExecutionDoesNotExistException.builder().build();
            }
        });

        HttpResponse<String> answer = console.pressed("/tables/analytics/flights/run", "");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(console.get(answer.headers().firstValue("Location").orElseThrow())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void redriveStartsAnotherRunWhereTheEndpointCannot() throws Exception {
        cli.stepFunctions.refuse("RedriveExecution", "InternalFailure", "not implemented", 501);

        HttpResponse<String> answer = console.pressed("/runs/flights-1/redrive", "");

        assertThat(answer.headers().firstValue("Location")).contains("/runs/flights-1-20130209T150001-234/report.html");
        assertThat(cli.stepFunctions.inputs).containsExactly("{\"redriveOf\":\"flights-1\"}");
    }

    @Test
    void runThatIsAtWorkOrHasSucceededIsNotRedriven() throws Exception {
        cli.stepFunctions.put(running("flights-2")).put(succeeded("flights-3", Map.of("status", "COMPLETE")));

        assertThat(console.pressed("/runs/flights-2/redrive", "").statusCode()).isEqualTo(409);
        HttpResponse<String> succeeded = console.pressed("/runs/flights-3/redrive", "");
        assertThat(succeeded.statusCode()).isEqualTo(409);
        assertThat(succeeded.body())
                .contains("flights-3 cannot be redriven: it is SUCCEEDED", "takes those up", "redriveOf");
        assertThat(console.pressed("/runs/nothing/redrive", "").statusCode()).isEqualTo(404);
        assertThat(console.pressed("/runs/flights-1/delete", "").statusCode()).isEqualTo(404);
        console.assertNothingWasStarted();
    }

    @Test
    void tableIsRunWithTheSpecOfItsLastRun() throws Exception {
        cli.store.put("runs/flights-1/spec.json", Json.text(cli.spec()));
        lastRunIs("flights-1");

        HttpResponse<String> answer = console.pressed("/tables/analytics/flights/run", "");

        assertThat(answer.headers().firstValue("Location"))
                .contains("/runs/analytics-flights-20130209T150001-234/report.html");
        assertThat(new SpecReader().read(Json.input().readTree(cli.stepFunctions.inputs.getFirst())))
                .isEqualTo(cli.spec().document());
    }

    @Test
    void tableIsPlannedWithTheSpecThatIsStoredForIt() throws Exception {
        cli.parameters.put("SpecsLocation", "s3://lake/specs/");
        console.reopen();
        cli.aws.s3().put("lake", "specs/analytics/flights.json", CliFixture.SPEC);
        lastRunIs("flights-1");

        assertThat(console.pressed("/tables/analytics/flights/plan", "").statusCode())
                .isEqualTo(303);
        assertThat(cli.stepFunctions.inputs)
                .containsExactly("{\"spec\":\"s3://lake/specs/analytics/flights.json\",\"dryRun\":true}");
    }

    @Test
    void tableWithoutASpecIsNotRun() throws Exception {
        assertThat(console.pressed("/tables/analytics/flights/run", "").statusCode())
                .isEqualTo(404);
        assertThat(console.pressed("/tables/analytics/nothing/plan", "").statusCode())
                .isEqualTo(404);
        console.assertNothingWasStarted();
    }

    @Test
    void partitionIsWaivedWithReasonAndName() throws Exception {
        String form = "partition=dt%3D2013-02-08%2Fhour%3D17&reason=lost+%3Cb%3E&by=";

        assertThat(console.pressed("/tables/analytics/flights/waive", form + "ann")
                        .statusCode())
                .isEqualTo(303);

        assertThat(cli.stepFunctions.inputs)
                .containsExactly("{\"database\":\"analytics\",\"table\":\"flights\",\"waive\":[{\"partition\":"
                        + "\"dt=2013-02-08/hour=17\",\"reason\":\"lost <b>\",\"by\":\"ann\"}]}");
    }

    @Test
    void partitionIsWaivedByTheCallerWhereNobodyIsNamed() throws Exception {
        String form = "partition=dt%3D2013-02-08%2Fhour%3D17&reason=lost&by=";

        assertThat(console.pressed("/tables/analytics/flights/waive", form).statusCode())
                .isEqualTo(303);

        assertThat(cli.stepFunctions.inputs.getFirst()).contains("\"by\":\"arn:aws:iam::000000000000:user/ann\"");
    }

    @ParameterizedTest
    @CsvSource({
        "analytics/flights, partition=a, 400, reason",
        "analytics/flights, reason=lost, 400, partition",
        "analytics/flights, partition=%5B1&reason=lost, 400, is not a JSON array of values",
        "analytics/flights, partition=a&reason=lost, 400, is not a partition of analytics.flights: expected dt=",
        "analytics/flights, partition=dt%3D2031-02-08%2Fhour%3D17&reason=lost, 409, check its name",
        "analytics/flights, partition=dt%3D2031-02-08%2Fhour%3D17&reason=lost, 409, waive analytics.flights dt=2031-",
        "analytics/nothing, partition=a&reason=lost, 404, has had a run"
    })
    void waiverThatLacksSomethingIsRefused(String table, String form, int status, String message) throws Exception {
        HttpResponse<String> answer = console.pressed("/tables/" + table + "/waive", form);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(message);
        console.assertNothingWasStarted();
    }

    @Test
    void refusalByAwsIsToldAsText() throws Exception {
        cli.stepFunctions.refuse("StartExecution", "AccessDeniedException", "<b>not allowed</b>", 400);

        HttpResponse<String> answer =
                console.pressed("/tables/analytics/flights/waive", "partition=dt%3D2013-02-08%2Fhour%3D17&reason=b");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains("was not started: &lt;b&gt;not allowed&lt;/b&gt;")
                .doesNotContain("Exception");
    }

    private void lastRunIs(String run) {
        cli.records()
                .update(
                        CliFixture.FLIGHTS,
                        record -> record.with(new RecordedRun(new RunId(run), "s3://state/runs/" + run + "/", 23)));
    }
}
