package io.fanin.detector;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.fanin.core.aws.AwsClients;
import io.fanin.core.aws.Environment;
import io.fanin.core.aws.Priming;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.inbox.Inbox;
import io.fanin.core.log.LogContext;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.tables.S3Texts;
import io.fanin.core.tables.StackBuckets;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.temporary.ProcessFiles;
import io.fanin.detector.events.CurrentTables;
import io.fanin.detector.events.ObjectEvents;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The object-events Lambda function, which receives S3 events from the stack's queue through an event source mapping.
 */
public final class ObjectEventsHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

    private final ObjectEvents events;
    private final Priming priming;

    /** Called by Lambda: takes the configuration from the function's environment. Its role cannot read data. */
    public ObjectEventsHandler() {
        this(
                AwsClients.s3(),
                StackBuckets.of(
                        Environment.required("STATE_BUCKET"),
                        "",
                        "",
                        Environment.optional("SPEC_BUCKETS").orElse("")),
                new GlueCatalog(AwsClients.glue()));
        ProcessFiles.deleteAbandoned();
    }

    private ObjectEventsHandler(S3Client s3, StackBuckets buckets, GlueCatalog catalog) {
        this(
                new S3ObjectStore(s3, buckets.state()),
                TableDirectory.ofEnvironment(
                        new S3Pages(s3), new S3Texts(bucket -> new BucketReader(s3, bucket), buckets), catalog),
                catalog,
                Clock.systemUTC(),
                Workers.THREADS);
    }

    /**
     * For tests: takes its services as parameters.
     *
     * @param workers look tables up, and write the entries
     */
    public ObjectEventsHandler(
            ObjectStore state, TableDirectory directory, GlueCatalog catalog, Clock clock, Workers workers) {
        this.events = new ObjectEvents(
                new CurrentTables(directory, catalog, clock, workers), new Inbox(state, workers), clock, workers);
        this.priming = Priming.with(
                // The stack's databases may have other names.
                Priming.answered(() -> catalog.table(new TableName("fanin", "priming"))),
                // It may write there, but not read.
                Priming.answered(() -> state.get(StateKeys.PRIMING)));
    }

    Priming priming() {
        return priming;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        LogContext.begin(context == null ? "" : context.getAwsRequestId());
        Map<String, String> messages = new LinkedHashMap<>();
        event.getRecords().forEach(message -> messages.put(message.getMessageId(), message.getBody()));
        return new SQSBatchResponse(events.deliver(messages).stream()
                .map(SQSBatchResponse.BatchItemFailure::new)
                .toList());
    }
}
