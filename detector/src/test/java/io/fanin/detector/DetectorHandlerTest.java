package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.core.tables.StackBuckets;
import io.fanin.model.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorHandlerTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {"", ", 'RedriveCount': 0", ", 'RedriveCount': 1, 'RedriveTime': '2013-02-09T17:00:00.000Z'"})
    void contextObjectOfStepFunctionsIsRead(String redrive) throws IOException {
        fixture.data("dt=2013-02-08/hour=17");
        String request =
                "{'execution': {'Id': 'arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:night-1',"
                        + " 'Input': {" + DetectorFixture.COMPLETE
                        + ", 'id': 'x', 'time': '2013-02-08T17:00:00Z'}, 'Name': 'night-1',"
                        + " 'RoleArn': 'arn:aws:iam::000000000000:role/machine', 'StartTime': '2013-02-08T17:00:00.000Z'"
                        + redrive
                        + "}}";

        JsonNode answer = handle(request);

        assertThat(answer.path("run").asText()).isEqualTo("night-1");
        assertThat(answer.path("next").asText()).isEqualTo("PROCESS");
        assertThat(answer.path("partitions").asInt()).isEqualTo(1);
        assertThat(fixture.stored(answer.path("manifest").asText()))
                .hasValue("[{\"id\":0,\"partitions\":[{\"values\":[\"2013-02-08\",\"17\"],"
                        + "\"prefix\":\"flights/dt=2013-02-08/hour=17/\"}]}]");
        assertThat(answer.path("receipts").isArray()).isTrue();
    }

    @Test
    void primingAsksEachServiceOnceAndLeavesNothing() {
        assertThat(handler().priming().prime()).isEmpty();

        assertThat(fixture.aws.log().counts()).containsOnlyKeys("GetObject", "GetTable");
        assertThat(fixture.aws.s3().keys("state")).isEmpty();
    }

    @Test
    void primingIsWholeWhereItsTableMayNotBeRead() {
        fixture.aws.glue().faults().on("GetTable").thenFail(400, "AccessDeniedException", "not authorized");

        assertThat(handler().priming().prime()).isEmpty();
    }

    private JsonNode handle(String request) throws IOException {
        InputStream input = new ByteArrayInputStream(request.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler().handleRequest(input, output, null);
        return Json.documents().readTree(output.toByteArray());
    }

    private DetectorHandler handler() {
        return new DetectorHandler(
                fixture.state,
                fixture.aws.s3().client(),
                StackBuckets.of("state", "lake", "", ""),
                fixture.catalog,
                arn -> false,
                new RequestCounter(),
                Workers.THREADS);
    }
}
