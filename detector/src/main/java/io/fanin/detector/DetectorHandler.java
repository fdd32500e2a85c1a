package io.fanin.detector;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.fanin.core.aws.AwsClients;
import io.fanin.core.aws.Priming;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.execution.ExecutionStatus;
import io.fanin.core.execution.StepFunctionsStatus;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.lease.Leases;
import io.fanin.core.log.LogContext;
import io.fanin.core.parallel.Workers;
import io.fanin.core.record.TableRecords;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.temporary.ProcessFiles;
import io.fanin.detector.tables.BulkDetection;
import io.fanin.detector.tables.TablesDetector;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.S3Client;

/** The detector's Lambda function: the first state of the state machines of one table and of all tables. */
public final class DetectorHandler implements RequestStreamHandler {

    private static final String PRIMING = """
            {"execution": {"Id": "arn:aws:states:us-east-1:123456789012:execution:fanin:priming", "Name": "priming",
              "StartTime": "2026-02-08T18:30:00.123Z", "Input": {"spec": {"database": "fanin", "table": "priming",
                "location": "s3://priming/", "format": "parquet", "columns": [{"name": "id", "type": "none"}],
                "partitionKeys": [{"name": "dt", "type": "date"}]}}}}
            """;

    private final Detector detector;
    private final TablesDetector tables;
    private final Priming priming;

    /** Called by Lambda: takes the configuration from the function's environment. */
    public DetectorHandler() {
        this(new RequestCounter());
        ProcessFiles.deleteAbandoned();
    }

    private DetectorHandler(RequestCounter requests) {
        this(requests, AwsClients.s3(requests), StackBuckets.ofEnvironment());
    }

    private DetectorHandler(RequestCounter requests, S3Client s3, StackBuckets buckets) {
        this(
                new S3ObjectStore(s3, buckets.state()),
                s3,
                buckets,
                new GlueCatalog(AwsClients.glue(requests)),
                new StepFunctionsStatus(AwsClients::stepFunctions),
                requests,
                Workers.THREADS);
    }

    /**
     * For tests: takes its clients as parameters.
     *
     * @param requests counts the requests of the clients
     * @param workers threads that list folders and partitions
     */
    public DetectorHandler(
            ObjectStore state,
            S3Client s3,
            StackBuckets buckets,
            GlueCatalog catalog,
            ExecutionStatus executions,
            RequestCounter requests,
            Workers workers) {
        S3Pages pages = new S3Pages(s3);
        S3Texts texts = new S3Texts(bucket -> new BucketReader(s3, bucket), buckets);
        this.detector =
                new Detector(state, new Leases(state, executions), catalog, pages, texts, buckets, requests, workers);
        this.tables = new TablesDetector(
                state,
                stack -> TableDirectory.of(stack.specs(), stack.databases(), pages, texts, catalog, workers),
                new Inbox(state, workers),
                new BulkDetection(detector.upToDate(), new TableRecords(state), InstantSource.system(), workers),
                workers);
        this.priming = Priming.with(
                () -> new RunFolder(state, new RunId("priming")).findSpec(),
                // The stack's databases may have other names.
                Priming.answered(() -> catalog.table(new TableName("fanin", "priming"))),
                // There is no such type.
                Priming.refused(SpecException.class, PRIMING, (event, answer) -> handleRequest(event, answer, null)));
    }

    Priming priming() {
        return priming;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        LogContext.begin(context == null ? "" : context.getAwsRequestId());
        Object answer = switch (Json.documents().readValue(input, DetectorInput.class)) {
            case DetectorInput.OneTable one -> {
                LogContext.run(one.execution().runId());
                yield detector.detect(one.execution());
            }
            case DetectorInput.AllTables all -> {
                LogContext.run(all.execution().runId());
                yield tables.detect(
                        all.execution(), all.stack(), all.sumsUpAtOnce().orElse(false));
            }
        };
        Json.documents().writeValue(output, answer);
    }
}
