package io.fanin.warehouse.job;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

/** The names of objects in buckets, and what was done to them, in order. */
final class FakeObjects implements S3Client {

    private final TreeSet<String> names = new TreeSet<>();
    private final List<String> changes = new ArrayList<>();

    FakeObjects with(String name) {
        names.add(name);
        return this;
    }

    /** {@code bucket/key} of each. */
    List<String> names() {
        return List.copyOf(names);
    }

    List<String> changes() {
        return changes;
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        return ListObjectsV2Response.builder()
                .isTruncated(false)
                .contents(names.stream()
                        .filter(name -> name.startsWith(request.bucket() + "/" + request.prefix()))
                        .map(name -> S3Object.builder()
                                .key(name.substring(request.bucket().length() + 1))
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
        put(request.destinationBucket() + "/" + request.destinationKey());
        return CopyObjectResponse.builder().build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        put(request.bucket() + "/" + request.key());
        return PutObjectResponse.builder().build();
    }

    private void put(String name) {
        names.add(name);
        changes.add("+ " + name);
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        names.remove(request.bucket() + "/" + request.key());
        changes.add("- " + request.bucket() + "/" + request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
