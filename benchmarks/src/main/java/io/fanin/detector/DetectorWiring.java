package io.fanin.detector;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.tables.StackBuckets;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Creates the detector's Lambda function with other clients than those of its environment. It is in the detector's
 * package, since the constructor is not public.
 */
public final class DetectorWiring {

    private DetectorWiring() {}

    /** The function, without other live executions; {@code requests} counts what the two clients send. */
    public static RequestStreamHandler over(
            S3Client s3, GlueClient glue, RequestCounter requests, String stateBucket, String dataBucket) {
        return new DetectorHandler(
                new S3ObjectStore(s3, stateBucket),
                s3,
                StackBuckets.of(stateBucket, dataBucket, dataBucket, ""),
                new GlueCatalog(glue),
                arn -> false,
                requests,
                Workers.THREADS);
    }
}
