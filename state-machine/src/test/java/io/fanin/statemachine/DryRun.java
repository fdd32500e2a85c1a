package io.fanin.statemachine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.tables.StackBuckets;
import io.fanin.detector.DetectorHandler;
import io.fanin.fakes.FakeAws;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The detector's plan of a run with a spec, without executing it. */
final class DryRun {

    private static final String STATE = "state";

    private final FakeAws aws;
    private final String bucket;

    /** @param bucket that the stack may read and write */
    DryRun(FakeAws aws, String bucket) {
        this.aws = aws;
        this.bucket = bucket;
        aws.s3().createBucket(STATE);
    }

    Plan of(JsonNode spec) throws IOException {
        S3ObjectStore state = new S3ObjectStore(aws.s3().client(), STATE);
        DetectorHandler detector = new DetectorHandler(
                state,
                aws.s3().client(),
                StackBuckets.of(STATE, bucket, bucket, bucket),
                new GlueCatalog(aws.glue().client()),
                arn -> false,
                new RequestCounter(),
                Workers.CALLER);
        ObjectNode input = spec.<ObjectNode>deepCopy().put("dryRun", true);
        ObjectNode event = Json.documents().createObjectNode();
        event.putObject("execution")
                .put("Id", "arn:aws:states:eu-west-1:123456789012:execution:m:plan")
                .put("Name", "plan")
                .put("StartTime", "2026-11-20T10:00:00Z")
                .set("Input", input);
        detector.handleRequest(
                new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                null);
        return new RunFolder(state, new RunId("plan")).plan().orElseThrow();
    }
}
