package io.fanin.processor.convert;

import io.fanin.core.inventory.ObjectListing;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.table.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Objects of one bucket. */
public final class S3ObjectTarget implements ObjectTarget {

    /** DeleteObjects takes up to 1000 keys. */
    private static final int MAX_DELETES = 1000;

    /** What is said of an object that is no longer as a condition says, or changes at this moment. */
    private static final Set<String> CHANGED =
            Set.of("PreconditionFailed", "ConditionalRequestConflict", "OperationAborted", "NoSuchKey");

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
    public String part(String key, String upload, int number, FilePart part) {
        return s3.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromContentProvider(() -> open(part), part.length(), CONTENT_TYPE))
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
        deleteAll(keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList());
    }

    /**
     * {@inheritDoc}
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html">Conditional deletes</a>
     */
    @Override
    public boolean deleteAsListed(List<ObjectSummary> objects) {
        return deleteAll(objects.stream()
                .map(object -> ObjectIdentifier.builder()
                        .key(object.key())
                        .eTag(object.etag())
                        .build())
                .toList());
    }

    /** Whether no condition has kept one. */
    private boolean deleteAll(List<ObjectIdentifier> objects) {
        boolean all = true;
        for (int from = 0; from < objects.size(); from += MAX_DELETES) {
            List<ObjectIdentifier> some = objects.subList(from, Math.min(objects.size(), from + MAX_DELETES));
            for (S3Error error : s3.deleteObjects(request -> request.bucket(bucket)
                            .delete(these -> these.objects(some).quiet(true)))
                    .errors()) {
                if (!CHANGED.contains(error.code())) {
                    throw new UncheckedIOException(new IOException(
                            "s3://%s/%s could not be deleted: %s".formatted(bucket, error.key(), error.message())));
                }
                all = false;
            }
        }
        return all;
    }

    private static InputStream open(FilePart part) {
        try {
            return part.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
