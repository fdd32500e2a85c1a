package io.fanin.warehouse.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** The names and ETags of objects in buckets, and what was done to them, in order. */
final class FakeObjects implements S3Client {

    private final TreeMap<String, String> objects = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();
    private final Map<String, String> meanwhile = new HashMap<>();

    /** An object whose content no other has. */
    FakeObjects with(String name) {
        objects.put(name, "etag of " + name);
        return this;
    }

    /** Somebody else writes this object right after a change. */
    FakeObjects meanwhile(String change, String name) {
        meanwhile.put(change, name);
        return this;
    }

    /** {@code bucket/key} of each. */
    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    List<String> changes() {
        return changes;
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return ListObjectsV2Response.builder()
                .isTruncated(false)
                .contents(objects.entrySet().stream()
                        .filter(object -> object.getKey().startsWith(request.bucket() + "/" + request.prefix()))
                        .map(object -> S3Object.builder()
                                .key(object.getKey().substring(request.bucket().length() + 1))
                                .eTag(object.getValue())
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ListObjectsV2Iterable listObjectsV2Paginator(ListObjectsV2Request request) {
        return new ListObjectsV2Iterable(this, request);
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest request) {
        String etag = objects.get(request.sourceBucket() + "/" + request.sourceKey());
        put(request.destinationBucket() + "/" + request.destinationKey(), etag);
        return CopyObjectResponse.builder()
                .copyObjectResult(result -> result.eTag(etag))
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        put(request.bucket() + "/" + request.key(), "empty");
        return PutObjectResponse.builder().build();
    }

    private void put(String name, String etag) {
        objects.put(name, etag);
        changed("+ " + name);
    }

    private void changed(String change) {
        changes.add(change);
        if (meanwhile.containsKey(change)) {
            with(meanwhile.get(change));
        }
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        objects.remove(request.bucket() + "/" + request.key());
        changed("- " + request.bucket() + "/" + request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
