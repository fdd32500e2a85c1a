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
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** The names, ETags and metadata of objects in buckets, and what was done to them, in order. */
final class FakeObjects implements S3Client {

    private final TreeMap<String, String> objects = new TreeMap<>();
    private final Map<String, Map<String, String>> metadata = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();

    /** An object whose content no other has. */
    FakeObjects with(String name) {
        objects.put(name, "etag of " + name);
        metadata.remove(name);
        return this;
    }

    /** Something else happens right after a change, once. */
    FakeObjects meanwhile(String change, Runnable other) {
        meanwhile.put(change, other);
        return this;
    }

    /** {@code bucket/key} of each. */
    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    /** The ETags of those whose name begins so. */
    Map<String, String> etags(String prefix) {
        return Map.copyOf(objects.subMap(prefix, prefix + Character.MAX_VALUE));
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
        put(
                request.destinationBucket() + "/" + request.destinationKey(),
                etag,
                request.metadataDirective() == MetadataDirective.REPLACE ? request.metadata() : Map.of());
        return CopyObjectResponse.builder()
                .copyObjectResult(result -> result.eTag(etag))
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        put(request.bucket() + "/" + request.key(), "empty", request.metadata());
        return PutObjectResponse.builder().build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        return HeadObjectResponse.builder()
                .metadata(metadata.getOrDefault(request.bucket() + "/" + request.key(), Map.of()))
                .build();
    }

    private void put(String name, String etag, Map<String, String> given) {
        objects.put(name, etag);
        metadata.put(name, given);
        changed("+ " + name);
    }

    private void changed(String change) {
        changes.add(change);
        Runnable other = meanwhile.remove(change);
        if (other != null) {
            other.run();
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
