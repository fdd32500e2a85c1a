package io.fanin.statemachine.simulation;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.json.Json;
import io.fanin.core.lease.ExecutionStatus;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.DetectorHandler;
import io.fanin.processor.ProcessorHandler;
import io.fanin.records.samples.RowSamples;
import io.fanin.statemachine.simulation.FunctionRun.Function;
import io.fanin.tablecreator.TableCreatorHandler;
import io.fanin.tablecreator.events.Announcer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** The functions as they are deployed, over AWS in memory. Nothing waits, and nothing is done side by side. */
record Functions(Map<Function, RequestStreamHandler> handlers, Mutant mutant) {

    static Functions over(SimulatedClients clients, ExecutionStatus executions, Sleeper sleeper, Mutant mutant) {
        S3Client s3 = clients.s3();
        ObjectStore state = new S3ObjectStore(s3, HistoryWorld.STATE_BUCKET, sleeper);
        GlueCatalog catalog = new GlueCatalog(clients.glue(), sleeper, Workers.CALLER);
        return new Functions(
                Map.of(
                        Function.DETECTOR,
                        new DetectorHandler(
                                state,
                                s3,
                                StackBuckets.of(
                                        HistoryWorld.STATE_BUCKET, SimulatedLake.BUCKET, SimulatedLake.BUCKET, ""),
                                catalog,
                                executions,
                                new RequestCounter(),
                                Workers.CALLER),
                        Function.PROCESSOR,
                        processor(s3, catalog, sleeper, mutant),
                        Function.TABLE_CREATOR,
                        new TableCreatorHandler(state, catalog, executions, Workers.CALLER, new Announcer(List.of()))),
                mutant);
    }

    private static RequestStreamHandler processor(S3Client s3, GlueCatalog catalog, Sleeper sleeper, Mutant mutant) {
        ProcessorHandler processor = new ProcessorHandler(
                s3, () -> catalog, HistoryWorld.STATE_BUCKET, sleeper, Workers.CALLER, () -> 0, RowSamples.SHOWN);
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
            if (mutant == Mutant.LEAVES_THE_GATE_OPEN && e.getClass().getName().endsWith("PartialException")) {
                return new FunctionRun.Answer.Output(
                        JsonNodeFactory.instance.objectNode().put("next", "NOTHING_NEW"));
            }
            return new FunctionRun.Answer.Failed(
                    new StateError(e.getClass().getName(), String.valueOf(e.getMessage())));
        }
    }
}
