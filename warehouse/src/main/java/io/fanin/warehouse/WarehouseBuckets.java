package io.fanin.warehouse;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/** The warehouse's buckets: encrypted, private, accessible only over TLS, and kept unless their data may be deleted. */
final class WarehouseBuckets {

    private static final int DAYS_OF_RESULTS = 30;

    private WarehouseBuckets() {}

    static Bucket data(Construct scope, boolean deletesData) {
        return bucket(scope, "DataBucket", deletesData, unfinishedUploads().build());
    }

    static Bucket results(Construct scope, boolean deletesData) {
        LifecycleRule rule = unfinishedUploads()
                .id("ExpireResults")
                .expiration(Duration.days(DAYS_OF_RESULTS))
                .build();
        return bucket(scope, "QueryResultsBucket", deletesData, rule);
    }

    private static LifecycleRule.Builder unfinishedUploads() {
        return LifecycleRule.builder()
                .id("AbortUnfinishedUploads")
                .abortIncompleteMultipartUploadAfter(Duration.days(1));
    }

    private static Bucket bucket(Construct scope, String id, boolean deletesData, LifecycleRule rule) {
        return Bucket.Builder.create(scope, id)
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .enforceSsl(true)
                .lifecycleRules(List.of(rule))
                .removalPolicy(deletesData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN)
                .autoDeleteObjects(deletesData)
                .build();
    }
}
