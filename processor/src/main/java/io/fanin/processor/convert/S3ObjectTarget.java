package io.fanin.processor.convert;

import io.fanin.core.inventory.ObjectListing;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.table.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.io.input.BoundedInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** Objects of one bucket. */
public final class S3ObjectTarget implements ObjectTarget {

    /** DeleteObjects takes up to 1000 keys. */
    private static final int MAX_DELETES = 1000;

    private static final String CONTENT_TYPE = "application/vnd.apache.parquet";

    private final S3Client s3;
    private final String bucket;

    /** @param s3 stays the caller's to close */
    public S3ObjectTarget(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return new ObjectListing(new S3Pages(s3), new S3Location(bucket, prefix));
    }

    @Override
    public String put(String key, Path file) {
        return s3.putObject(
                        request -> request.bucket(bucket).key(key).contentType(contentType(key)),
                        RequestBody.fromFile(file))
                .eTag();
    }

    private static String contentType(String key) {
        return key.endsWith(".parquet") ? CONTENT_TYPE : "application/octet-stream";
    }

    @Override
    public String begin(String key) {
        return s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(CONTENT_TYPE))
                .uploadId();
    }

    @Override
    public String part(String key, String upload, int number, Path file, long offset, long length) {
        return s3.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromContentProvider(() -> open(file, offset, length), length, CONTENT_TYPE))
                .eTag();
    }

    @Override
    public String complete(String key, String upload, List<String> parts) {
        List<CompletedPart> completed = new ArrayList<>();
        for (String etag : parts) {
            completed.add(CompletedPart.builder()
                    .partNumber(completed.size() + 1)
                    .eTag(etag)
                    .build());
        }
        return s3.completeMultipartUpload(request ->
                        request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(completed)))
                .eTag();
    }

    @Override
    public void abort(String key, String upload) {
        s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    }

    @Override
    public void delete(List<String> keys) {
        for (int from = 0; from < keys.size(); from += MAX_DELETES) {
            List<ObjectIdentifier> some = keys.subList(from, Math.min(keys.size(), from + MAX_DELETES)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            DeleteObjectsResponse answer = s3.deleteObjects(request ->
                    request.bucket(bucket).delete(all -> all.objects(some).quiet(true)));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                throw new UncheckedIOException(new IOException("s3://%s/%s could not be deleted: %s"
                        .formatted(
                                bucket,
                                answer.errors().getFirst().key(),
                                answer.errors().getFirst().message())));
            }
        }
    }

    private static InputStream open(Path file, long offset, long length) {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.READ).position(offset);
            return BoundedInputStream.builder()
                    .setInputStream(Channels.newInputStream(channel))
                    .setMaxCount(length)
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
