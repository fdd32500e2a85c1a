package io.fanin.warehouse.job;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** The names, ETags and metadata of objects in buckets, and what was done to them, in order. */
final class FakeObjects implements S3Client {

    private final TreeMap<String, String> objects = new TreeMap<>();
    private final Map<String, Map<String, String>> metadata = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final Map<String, String> contents = new HashMap<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();
    private final TreeMap<Integer, Runnable> before = new TreeMap<>();
    private String withoutContent = "none";
    private int requests;

    /** Adds an object whose content is unique. */
    FakeObjects with(String name) {
        objects.put(name, "etag of " + name);
        contents.put(name, "");
        metadata.remove(name);
        return this;
    }

    /** Removes an object, as a lifecycle rule does. */
    void without(String name) {
        objects.remove(name);
    }

    /** Answers lists of what begins so with 200 and no content. */
    void answersWithoutContent(String beginning) {
        withoutContent = beginning;
    }

    /** Runs something before a request, counted from 1. Its own requests are not counted. */
    FakeObjects before(int request, Runnable other) {
        before.put(request, other);
        return this;
    }

    /** The number of requests so far, without those of actions that run before a request. */
    int requests() {
        return requests;
    }

    private void requested() {
        int mine = ++requests;
        Runnable other = before.remove(mine);
        if (other != null) {
            other.run();
            requests = mine;
        }
    }

    /** Runs something right after the first change whose description begins so. */
    FakeObjects meanwhile(String beginning, Runnable other) {
        meanwhile.put(beginning, other);
        return this;
    }

    /** The name of each object, {@code bucket/key}. */
    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    /** The ETags of the objects whose names begin so. */
    Map<String, String> etags(String prefix) {
        return Map.copyOf(objects.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    List<String> changes() {
        return changes;
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        requested();
        if ((request.bucket() + "/" + request.prefix()).startsWith(withoutContent)) {
            return ListObjectsV2Response.builder().build();
        }
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
        requested();
        String etag = objects.get(request.sourceBucket() + "/" + request.sourceKey());
        put(
                request.destinationBucket() + "/" + request.destinationKey(),
                etag,
                "",
                request.metadataDirective() == MetadataDirective.REPLACE ? request.metadata() : Map.of());
        return CopyObjectResponse.builder()
                .copyObjectResult(result -> result.eTag(etag))
                .build();
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        requested();
        String name = request.bucket() + "/" + request.key();
        if (Objects.equals(request.ifNoneMatch(), "*") && objects.containsKey(name)) {
            throw S3Exception.builder()
                    .statusCode(412)
                    .message("At least one of the pre-conditions you specified did not hold")
                    .build();
        }
        String content = text(body);
        put(name, "etag of '" + content + "'", content, request.metadata());
        return PutObjectResponse.builder().build();
    }

    private static String text(RequestBody body) {
        try (InputStream in = body.contentStreamProvider().newStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
        requested();
        String name = existing(request.bucket(), request.key());
        GetObjectResponse response = GetObjectResponse.builder()
                .eTag(objects.get(name))
                .metadata(metadata.getOrDefault(name, Map.of()))
                .build();
        byte[] content = contents.get(name).getBytes(StandardCharsets.UTF_8);
        try {
            return transformer.transform(response, AbortableInputStream.create(new ByteArrayInputStream(content)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        requested();
        return HeadObjectResponse.builder()
                .metadata(metadata.getOrDefault(existing(request.bucket(), request.key()), Map.of()))
                .build();
    }

    private String existing(String bucket, String key) {
        String name = bucket + "/" + key;
        if (!objects.containsKey(name)) {
            throw NoSuchKeyException.builder()
                    .statusCode(404)
                    .message("The specified key does not exist")
                    .build();
        }
        return name;
    }

    private void put(String name, String etag, String content, Map<String, String> given) {
        objects.put(name, etag);
        contents.put(name, content);
        metadata.put(name, given);
        changed("+ " + name);
    }

    private void changed(String change) {
        changes.add(change);
        meanwhile.keySet().stream()
                .filter(change::startsWith)
                .findFirst()
                .map(meanwhile::remove)
                .ifPresent(Runnable::run);
    }

    @Override
    public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
        requested();
        List<S3Error> errors = new ArrayList<>();
        for (ObjectIdentifier object : request.delete().objects()) {
            String name = request.bucket() + "/" + object.key();
            if (objects.remove(name, object.eTag())) {
                changed("- " + name);
            } else {
                errors.add(S3Error.builder()
                        .key(object.key())
                        .code(objects.containsKey(name) ? "PreconditionFailed" : "NoSuchKey")
                        .build());
            }
        }
        return DeleteObjectsResponse.builder().errors(errors).build();
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {}
}
