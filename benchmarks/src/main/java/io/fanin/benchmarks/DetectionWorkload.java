package io.fanin.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.detector.DetectorWiring;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;

/**
 * One run of the detector.
 *
 * @param registered hourly partitions in Glue; with 0 the table has had no run yet
 * @param arrived further hours in S3
 * @param arrivedUntil when the last of all these hours ends
 * @param naming the layout of the hours' prefixes
 * @param detection the table spec's part of this name
 */
record DetectionWorkload(int registered, int arrived, LocalDateTime arrivedUntil, Naming naming, JsonNode detection)
        implements Workload {

    /**
     * Runs the detector once, over a table of its own; throws unless it finds exactly the new hours, since a wrong
     * result is not worth measuring.
     */
    @Override
    public Measured run() {
        Hours before = Hours.until(arrivedUntil.minusHours(arrived), BenchmarkTable.FOLDER, naming, registered);
        BenchmarkTable table = BenchmarkTable.of(before, arrived, hashes());
        RequestCounter requests = new RequestCounter();
        RequestStreamHandler detector = DetectorWiring.over(
                table.aws().s3().client(requests),
                table.aws().glue().client(requests),
                requests,
                BenchmarkTable.STATE_BUCKET,
                BenchmarkTable.FOLDER.bucket());

        long began = System.nanoTime();
        DetectorAnswer answer = invoke(detector);
        long nanos = System.nanoTime() - began;

        check("next", arrived == 0 ? NextStep.NOTHING_NEW : NextStep.PROCESS, answer.next());
        check("partitions to process", arrived, answer.partitions());
        check("names skipped", 0L, answer.detection().skipped());
        Map<String, Long> counts = requests.counts();
        table.aws().log().calls().stream()
                .filter(call -> call.target().startsWith(BenchmarkTable.STATE_BUCKET + "/"))
                .forEach(call -> counts.merge(Measured.STATE + call.operation(), 1L, Long::sum));
        return new Measured(counts, nanos, table.aws().s3().drainedBytes());
    }

    private BenchmarkTable.Hashes hashes() {
        return detection.path("lateData").asBoolean(true)
                ? BenchmarkTable.Hashes.TRUE
                : BenchmarkTable.Hashes.DIFFERENT;
    }

    private DetectorAnswer invoke(RequestStreamHandler detector) {
        ObjectNode input = Json.documents().createObjectNode();
        ObjectNode execution = input.putObject("execution");
        execution.put("Id", "arn:aws:states:eu-west-1:123456789012:execution:fan-in:" + BenchmarkTable.RUN);
        execution.put("Name", BenchmarkTable.RUN.value()).put("RedriveCount", 0);
        execution
                .putObject("Input")
                .put("database", BenchmarkTable.NAME.database())
                .put("table", BenchmarkTable.NAME.table())
                .set("detection", detection);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            detector.handleRequest(
                    new ByteArrayInputStream(Json.text(input).getBytes(StandardCharsets.UTF_8)), answer, null);
            return (DetectorAnswer)
                    StepAnswer.find(answer.toString(StandardCharsets.UTF_8)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String what, Object expected, Object found) {
        if (!found.equals(expected)) {
            throw new IllegalStateException("%s: expected %s, found %s".formatted(what, expected, found));
        }
    }
}
