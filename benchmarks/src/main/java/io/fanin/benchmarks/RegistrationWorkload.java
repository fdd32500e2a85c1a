package io.fanin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.core.answer.StepAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.PassKeys;
import io.fanin.model.run.TableStatus;
import io.fanin.tablecreator.TableCreatorHandler;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One run of the table-creator for an existing table and a pass whose partitions were all processed successfully.
 *
 * @param partitions of the pass, one a batch up to 2,500
 * @param columns of the table, repeated in every partition
 * @param overLoopback whether requests use HTTP on the loopback interface, or are answered in the same thread
 */
record RegistrationWorkload(int partitions, int columns, boolean overLoopback) implements Workload {

    /** Requests to S3 for the pass's manifest and its result objects, in {@link Measured#requests()}. */
    static final String FAN_IN = "fan-in of the pass";

    @Override
    public Measured run() {
        FakeAws aws = new FakeAws();
        RegistrationPass pass = new RegistrationPass(partitions, columns);
        JsonNode input = pass.prepare(aws);
        RequestCounter requests = new RequestCounter();
        long nanos;
        if (overLoopback) {
            try (BenchmarkClients clients = new BenchmarkClients(aws, requests)) {
                nanos = register(clients.s3(), clients.glue(), input);
            }
        } else {
            nanos = register(aws.s3().client(requests), aws.glue().client(requests), input);
        }
        int registered = pass.registered(aws);
        if (registered != partitions) {
            throw new IllegalStateException(
                    "partitions registered: expected %d, found %d".formatted(partitions, registered));
        }
        Map<String, Long> counts = new HashMap<>(requests.counts());
        counts.put(FAN_IN, fanIn(aws));
        return new Measured(counts, nanos, 0);
    }

    private static long fanIn(FakeAws aws) {
        PassKeys pass = StateKeys.run(RegistrationPass.RUN).pass(0);
        return aws.log().calls().stream()
                .filter(call -> call.service().equals("s3"))
                .filter(call ->
                        call.target().contains(pass.results()) || call.target().endsWith(pass.manifest()))
                .count();
    }

    private static long register(S3Client s3, GlueClient glue, JsonNode input) {
        TableCreatorHandler handler = new TableCreatorHandler(
                new S3ObjectStore(s3, RegistrationPass.STATE_BUCKET),
                s3,
                new GlueCatalog(glue),
                arn -> false,
                arn -> Optional.empty(),
                Clock.systemUTC(),
                Workers.THREADS,
                new Announcer(List.of()),
                Notices.NONE,
                TableMetrics.NONE,
                new RequestCounter());
        byte[] bytes = Json.text(input).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            long began = System.nanoTime();
            handler.handleRequest(new ByteArrayInputStream(bytes), answer, null);
            long nanos = System.nanoTime() - began;
            TableCreatorAnswer registered = (TableCreatorAnswer)
                    StepAnswer.find(answer.toString(StandardCharsets.UTF_8)).orElseThrow();
            TableStatus status = registered.status();
            if (status != TableStatus.COMPLETE) {
                throw new IllegalStateException("the table is " + status);
            }
            return nanos;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
