package io.fanin.processor;

import static io.fanin.processor.ProcessorFixture.LAKE;
import static io.fanin.processor.ProcessorFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.fakes.Fault;
import io.fanin.model.run.Usage;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.records.samples.RowSamples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The function as an item of the Map calls it. */
class ProcessorHandlerTest {

    private static final String EVENT = """
            {"run":"nightly-1","pass":0,"batch":{"id":17,"partitions":[
              {"values":["0"],"prefix":"flights/hour=0/"},{"values":["1"],"prefix":"flights/hour=1/"}]}}
            """;

    private final ProcessorFixture fixture = new ProcessorFixture();

    @Test
    void answersAReceipt() throws IOException {
        fixture.batch(17, 2);
        fixture.s3.delete(LAKE, key(1)).put(LAKE, "flights/hour=1/_SUCCESS", "");

        assertThat(invoke(EVENT)).isEqualTo("{\"batch\":17,\"ok\":1,\"failed\":1}");
        assertThat(fixture.failed(17, 1).failure().error()).isEqualTo("NoObjects");
    }

    @Test
    void interruptThatAnEarlierCallHasLeftIsForgotten() throws IOException {
        fixture.batch(17, 2);
        Thread.currentThread().interrupt();

        assertThat(invoke(EVENT)).isEqualTo("{\"batch\":17,\"ok\":2,\"failed\":0}");
    }

    /** The processor's requests of a batch: the spec, one listing, each object, the result. */
    @Test
    void partitionsThatAreValidatedAreListedTogether() throws IOException {
        fixture.batch(17, 2);
        fixture.s3.log().reset();

        invoke(EVENT);

        assertThat(fixture.s3.log().count("ListObjectsV2")).isEqualTo(1);
        assertThat(fixture.s3.log().count("GetObject")).isEqualTo(3);
        assertThat(fixture.s3.log().count("PutObject")).isEqualTo(1);
        assertThat(fixture.result(17).usage().map(Usage::requests))
                .hasValue(Map.of("S3 ListObjectsV2", 1L, "S3 GetObject", 3L, "S3 PutObject", 1L));
    }

    @Test
    void answersNothingWhenTheResultIsNotWritten() {
        fixture.batch(17, 2);
        fixture.s3.faults().on("PutObject").then(Fault.slowDown());
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        assertThatThrownBy(() -> invoke(EVENT, answer)).isInstanceOf(S3Exception.class);
        assertThat(answer.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"run\":\"\",\"pass\":0,\"batch\":{\"id\":1,\"partitions\":[]}}",
                "{\"run\":\"nightly-1\",\"batch\":{\"id\":1,\"partitions\":[]}}",
                "{\"run\":\"nightly-1\",\"pass\":0,\"batch\":{\"id\":1}}",
                "{\"action\":\"invent\",\"run\":\"nightly-1\",\"pass\":0,\"batch\":{\"id\":1,\"partitions\":[]}}",
                "{\"run\":\"nightly-1\",\"pass\":0,\"batch\":{\"id\":1,\"partitions\":[{\"values\":[\"0\"],\"prefix\":\"a\"}]}}"
            })
    void refusesWhatTheMapWouldNotSend(String event) {
        assertThatThrownBy(() -> invoke(event)).isInstanceOf(JsonMappingException.class);
        assertThat(fixture.s3.keys(ProcessorFixture.STATE)).containsExactly("runs/nightly-1/spec.json");
    }

    @Test
    void primingAsksForARunAndLeavesNothing() {
        assertThat(handler().priming().prime())
                .as("outside Lambda there is no telling the memory")
                .singleElement()
                .matches(failure -> failure.getMessage().contains("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));

        assertThat(fixture.s3.keys(ProcessorFixture.STATE)).containsExactly("runs/nightly-1/spec.json");
    }

    private String invoke(String event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        invoke(event, answer);
        return answer.toString(StandardCharsets.UTF_8);
    }

    private void invoke(String event, ByteArrayOutputStream answer) throws IOException {
        handler().handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, null);
    }

    private ProcessorHandler handler() {
        RequestCounter requests = new RequestCounter();
        return new ProcessorHandler(
                fixture.s3.client(requests),
                ProcessorFixture.NO_CATALOG,
                ProcessorFixture.STATE,
                pause -> {},
                Workers.CALLER,
                () -> 0,
                InstantSource.system(),
                RowSamples.SHOWN,
                requests,
                PartitionConversion::with);
    }
}
