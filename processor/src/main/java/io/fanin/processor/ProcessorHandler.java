package io.fanin.processor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.fanin.core.aws.AwsClients;
import io.fanin.core.aws.Environment;
import io.fanin.core.aws.Priming;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.log.LogContext;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.core.run.folder.RunFolderException;
import io.fanin.core.s3.BucketCheck;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.temporary.ProcessFiles;
import io.fanin.model.json.Json;
import io.fanin.processor.convert.Conversions;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.processor.custom.Processors;
import io.fanin.processor.sql.ReadableTables;
import io.fanin.processor.startup.ConversionPriming;
import io.fanin.processor.startup.FunctionResources;
import io.fanin.processor.startup.NativeCipher;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.tables.CatalogTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** The processor's Lambda function. */
public final class ProcessorHandler implements RequestStreamHandler {

    private static final String PRIMING = """
            {"run": "priming", "pass": 0, "batch": {"id": 0, "partitions": [{"values": ["0"], "prefix": "priming/hour=0/"}]}}
            """;

    private final Processor processor;
    private final ProcessingCheck check;
    private final Priming priming;

    /** Called by Lambda: takes the configuration from the function's environment. */
    public ProcessorHandler() {
        this(new RequestCounter());
        ProcessFiles.deleteAbandoned();
    }

    private ProcessorHandler(RequestCounter requests) {
        this(
                s3(requests),
                () -> new GlueCatalog(AwsClients.glue(requests)),
                Environment.required("STATE_BUCKET"),
                Sleeper.SYSTEM,
                Workers.THREADS,
                System::nanoTime,
                InstantSource.system(),
                RowSamples.of(Environment.optional(RowSamples.VARIABLE).orElse("")),
                requests,
                PartitionConversion::with);
    }

    /**
     * For tests: takes its clients as parameters.
     *
     * @param catalog opens the catalog, for joined tables and Glue jobs
     * @param sleeper waits between attempts
     * @param workers fetch the objects that are validated, and publish what is made
     * @param nanoTime like {@link System#nanoTime}
     * @param clock for the times after which data is read
     * @param samples whether failures may quote rows
     * @param requests counts the requests of the clients
     * @param conversions make the partitions of the processor {@code convert}, with a database that they share
     */
    public ProcessorHandler(
            S3Client s3,
            Supplier<GlueCatalog> catalog,
            String stateBucket,
            Sleeper sleeper,
            Workers workers,
            LongSupplier nanoTime,
            InstantSource clock,
            RowSamples samples,
            RequestCounter requests,
            Function<KeptDatabase, Conversions> conversions) {
        ObjectStore state = new S3ObjectStore(s3, stateBucket, sleeper);
        Supplier<ConversionSettings> settings = () -> FunctionResources.now().with(samples);
        KeptDatabase databases = new KeptDatabase(settings);
        ProcessorServices services = new ProcessorServices(
                bucket -> new S3ObjectSource(new BucketReader(s3, bucket)),
                spec -> S3ObjectTarget.of(s3, spec),
                ReadableTables.outside(new CatalogTables(catalog), stateBucket),
                settings,
                workers,
                samples,
                databases,
                conversions.apply(databases));
        this.processor = new Processor(state, services, new Backoff(sleeper), nanoTime, clock, requests);
        this.check = new ProcessingCheck(state, services, new BucketCheck(s3), catalog, Processors::onTheClassPath);
        this.priming = Priming.with(
                () -> ConversionPriming.run(services.databases()),
                // No such run exists.
                Priming.refused(
                        RunFolderException.class, PRIMING, (event, answer) -> handleRequest(event, answer, null)));
    }

    /** An endpoint without TLS needs no cipher, for which the JDK would load all of its providers. */
    private static S3Client s3(RequestCounter requests) {
        if (Environment.optional("AWS_ENDPOINT_URL")
                .filter(endpoint -> endpoint.startsWith("http://"))
                .isEmpty()) {
            NativeCipher.install();
        }
        return AwsClients.s3(requests);
    }

    Priming priming() {
        return priming;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        // An interrupt left by an earlier call would fail this call's requests.
        Thread.interrupted();
        LogContext.begin(context == null ? "" : context.getAwsRequestId());
        ProcessorRequest request = ProcessorRequest.read(input);
        LogContext.run(request.run());
        Deadline deadline = context == null ? Deadline.NONE : new Deadline(context::getRemainingTimeInMillis);
        Object answer = switch (request) {
            case ProcessorRequest.Check asked -> check.check(asked, deadline);
            case ProcessorRequest.OfBatch asked -> processor.answer(asked, deadline);
        };
        Json.documents().writeValue(output, answer);
    }
}
