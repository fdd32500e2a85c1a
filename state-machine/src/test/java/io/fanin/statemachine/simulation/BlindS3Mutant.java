package io.fanin.statemachine.simulation;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Sees no objects in the lake, without listing it. */
record BlindS3Mutant(S3Client s3) implements S3Client {

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return LakeBuckets.ofCall(request.bucket() + "/").isPresent()
                ? ListObjectsV2Response.builder().isTruncated(false).build()
                : s3.listObjectsV2(request);
    }

    @Override
    public String serviceName() {
        return s3.serviceName();
    }

    @Override
    public void close() {
        s3.close();
    }
}
