package io.fanin.statemachine.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.execution.ExecutionStatus;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.detector.DetectorHandler;
import io.fanin.detector.ObjectEventsHandler;
import io.fanin.model.json.Json;
import io.fanin.processor.ProcessorHandler;
import io.fanin.records.samples.RowSamples;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import io.fanin.tablecreator.TableCreatorHandler;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.metrics.TableMetrics;
import io.fanin.tablecreator.notices.Notices;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** The deployed functions over AWS in memory, without waits or parallel work. */
record Functions(Map<Function, RequestStreamHandler> handlers, Mutant mutant) {

    static Functions over(
            SimulatedClients clients,
            ExecutionStatus executions,
            Clock clock,
            Sleeper sleeper,
            Mutant mutant,
            boolean mayDeregister) {
        S3Client s3 = clients.s3();
        ObjectStore state = new S3ObjectStore(s3, HistoryWorld.STATE_BUCKET, sleeper);
        GlueCatalog catalog = new GlueCatalog(clients.glue(), sleeper, Workers.CALLER, GlueCatalog.PARALLEL);
        return new Functions(
                Map.of(
                        Function.DETECTOR,
                        detector(
                                s3,
                                new DetectorHandler(
                                        state,
                                        s3,
                                        StackBuckets.of(
                                                        HistoryWorld.STATE_BUCKET,
                                                        LakeBuckets.BOTH,
                                                        LakeBuckets.BOTH,
                                                        AllTablesRun.BUCKET)
                                                .mayDeregister(mayDeregister),
                                        catalog,
                                        executions,
                                        new RequestCounter(),
                                        Workers.CALLER),
                                mutant),
                        Function.PROCESSOR,
                        processor(s3, catalog, sleeper, clock, mutant),
                        Function.TABLE_CREATOR,
                        new TableCreatorHandler(
                                state,
                                mutant == Mutant.DEREGISTERS_WITHOUT_LOOKING ? new BlindS3Mutant(s3) : s3,
                                catalog,
                                mutant == Mutant.LEASES_WHAT_HAS_ENDED ? new ImmortalMutant(executions) : executions,
                                arn -> Optional.empty(),
                                clock,
                                Workers.CALLER,
                                new Announcer(List.of()),
                                Notices.NONE,
                                TableMetrics.NONE,
                                new RequestCounter()),
                        Function.OBJECT_EVENTS,
                        objectEvents(s3, state, catalog, clock)),
                mutant);
    }

    private static RequestStreamHandler detector(S3Client s3, DetectorHandler detector, Mutant mutant) {
        return switch (mutant) {
            case EMPTIES_THE_INBOX_EARLY -> new EarlyDeletionMutant(s3, detector);
            case DEREGISTERS_UNASKED, DEREGISTERS_ANY_NUMBER -> new EagerDeregistrationMutant(mutant, detector);
            default -> detector;
        };
    }

    /**
     * Takes names of objects by the ids of their messages, and returns the ids of messages that are not done; each time
     * in a new environment.
     */
    private static RequestStreamHandler objectEvents(S3Client s3, ObjectStore state, GlueCatalog catalog, Clock clock) {
        StackBuckets buckets =
                StackBuckets.of(HistoryWorld.STATE_BUCKET, LakeBuckets.BOTH, "", HistoryWorld.SPEC_BUCKET);
        Supplier<TableDirectory> directory = () -> TableDirectory.of(
                "s3://" + HistoryWorld.SPEC_BUCKET + "/",
                "",
                new S3Pages(s3),
                new S3Texts(bucket -> new BucketReader(s3, bucket), buckets),
                catalog,
                Workers.CALLER);
        return (input, output, context) -> {
            ObjectEventsHandler handler =
                    new ObjectEventsHandler(state, directory.get(), catalog, clock, Workers.CALLER);
            SQSEvent event = new SQSEvent();
            event.setRecords(Json.documents().readTree(input).properties().stream()
                    .map(message -> message(message.getKey(), message.getValue().asText()))
                    .toList());
            Json.documents()
                    .writeValue(
                            output,
                            handler.handleRequest(event, context).getBatchItemFailures().stream()
                                    .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                                    .toList());
        };
    }

    private static SQSEvent.SQSMessage message(String id, String name) {
        SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
        message.setMessageId(id);
        message.setBody(Json.text(Map.of(
                "detail-type",
                "Object Created",
                "source",
                "aws.s3",
                "detail",
                Map.of(
                        "bucket", Map.of("name", LakeBuckets.bucket(name)),
                        "object", Map.of("key", LakeBuckets.key(name))))));
        return message;
    }

    private static RequestStreamHandler processor(
            S3Client s3, GlueCatalog catalog, Sleeper sleeper, InstantSource clock, Mutant mutant) {
        ProcessorHandler processor = new ProcessorHandler(
                s3,
                () -> catalog,
                HistoryWorld.STATE_BUCKET,
                sleeper,
                Workers.CALLER,
                () -> 0,
                clock,
                RowSamples.SHOWN,
                new RequestCounter(),
                databases -> (spec, convert, raw, target, deadline) ->
                        new SimulatedConversion(raw, VersionMutants.target(mutant, target)));
        return mutant == Mutant.LOOKS_AFTER_THE_JOB ? new LateInspectionMutant(s3, processor) : processor;
    }

    /** Calls a function as Lambda does. Its failure has the name that Lambda gives it. */
    FunctionRun.Answer call(Function function, JsonNode input) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handlers.get(function)
                    .handleRequest(new ByteArrayInputStream(Json.documents().writeValueAsBytes(input)), output, null);
            return new FunctionRun.Answer.Output(Json.documents().readTree(output.toByteArray()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (mutant == Mutant.LEAVES_THE_GATE_OPEN
                    && e.getClass().getName().equals(ExecutionError.TABLE_PARTIAL.className())) {
                return new FunctionRun.Answer.Output(
                        JsonNodeFactory.instance.objectNode().put("next", "NOTHING_NEW"));
            }
            return new FunctionRun.Answer.Failed(
                    new StateError(e.getClass().getName(), String.valueOf(e.getMessage())));
        }
    }
}
