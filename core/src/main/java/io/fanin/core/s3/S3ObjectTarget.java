package io.fanin.core.s3;

import io.fanin.core.aws.AwsErrors;
import io.fanin.core.store.ObjectStore.Version;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The {@link ObjectTarget} of a table in its S3 bucket. */
public final class S3ObjectTarget implements ObjectTarget {

    /** The errors for an object that no longer matches a condition, or is being changed. */
    private static final Set<String> CHANGED =
            Set.of("PreconditionFailed", "ConditionalRequestConflict", "OperationAborted", "NoSuchKey");

    /**
     * Of parts: stated when an upload begins, since S3 takes no part with a checksum that it does not expect, and named
     * when it ends: <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">
     * Checking object integrity</a>.
     */
    private static final ChecksumAlgorithm CHECKSUM = ChecksumAlgorithm.CRC32;

    private static final String CONTENT_TYPE = "application/vnd.apache.parquet";

    /** The metadata field with the table that an object was written for. */
    private static final String TABLE = "fanin-table";

    private final S3Client s3;
    private final String bucket;
    private final TableName table;
    private final Set<String> writers;

    /**
     * The target of a table that takes over no other.
     *
     * @param s3 is closed by the caller
     */
    public S3ObjectTarget(S3Client s3, String bucket, TableName table) {
        this(s3, bucket, table, Stream.empty());
    }

    /** @param takenOver the tables whose objects now belong to this one */
    private S3ObjectTarget(S3Client s3, String bucket, TableName table, Stream<TableName> takenOver) {
        this.s3 = s3;
        this.bucket = bucket;
        this.table = table;
        this.writers = Stream.concat(Stream.of(table), takenOver)
                .map(TableName::toString)
                .collect(Collectors.toSet());
    }

    /** The target of the table in a resolved spec. */
    public static S3ObjectTarget of(S3Client s3, ResolvedSpec spec) {
        return new S3ObjectTarget(
                s3, spec.definition().location().bucket(), spec.tableName(), spec.takesOver().stream());
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return new BucketReader(s3, bucket).list(prefix);
    }

    @Override
    public ObjectWriter writer(String key) {
        try {
            HeadObjectResponse object =
                    s3.headObject(request -> request.bucket(bucket).key(key));
            Optional<String> writer = Optional.ofNullable(object.metadata().get(TABLE));
            return writer.filter(writers::contains).isPresent()
                    ? new ObjectWriter.ThisTable(object.eTag())
                    : new ObjectWriter.Another(writer);
        } catch (NoSuchKeyException e) {
            return new ObjectWriter.Nobody();
        }
    }

    @Override
    public String put(String key, Path file, Version replaced) throws ObjectChangedException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType(key))
                .metadata(Map.of(TABLE, table.toString()));
        switch (replaced) {
            case Version.None none -> request.ifNoneMatch("*");
            case Version.Tagged(String etag) -> request.ifMatch(etag);
        }
        return unlessChanged(
                key,
                () -> s3.putObject(request.build(), RequestBody.fromFile(file)).eTag());
    }

    private String unlessChanged(String key, Supplier<String> write) throws ObjectChangedException {
        try {
            return write.get();
        } catch (S3Exception e) {
            if (isChanged(e)) {
                throw new ObjectChangedException(
                        "s3://%s/%s was changed while it was written: it is written by somebody else at the same time"
                                .formatted(bucket, LogSafe.of(key)),
                        e);
            }
            throw e;
        }
    }

    /** A refusal by the headers alone may come without a code. */
    private static boolean isChanged(S3Exception e) {
        return AwsErrors.code(e)
                .map(CHANGED::contains)
                .orElseGet(() -> e.statusCode() == HttpURLConnection.HTTP_PRECON_FAILED
                        || e.statusCode() == HttpURLConnection.HTTP_CONFLICT);
    }

    private static String contentType(String key) {
        return key.endsWith(".parquet") ? CONTENT_TYPE : "application/octet-stream";
    }

    @Override
    public String begin(String key) {
        return s3.createMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .contentType(CONTENT_TYPE)
                        .checksumAlgorithm(CHECKSUM)
                        .metadata(Map.of(TABLE, table.toString())))
                .uploadId();
    }

    @Override
    public UploadedPart part(String key, String upload, int number, long length, Supplier<InputStream> content) {
        UploadPartResponse part = s3.uploadPart(
                request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumAlgorithm(CHECKSUM),
                RequestBody.fromContentProvider(content::get, length, CONTENT_TYPE));
        return new UploadedPart(
                number, part.eTag(), Optional.ofNullable(part.checksumCRC32()).orElse(""));
    }

    @Override
    public String complete(String key, String upload, List<UploadedPart> parts, Version replaced)
            throws ObjectChangedException {
        CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .uploadId(upload)
                .multipartUpload(all ->
                        all.parts(parts.stream().map(UploadedPart::completed).toList()));
        switch (replaced) {
            case Version.None none -> request.ifNoneMatch("*");
            case Version.Tagged(String etag) -> request.ifMatch(etag);
        }
        return unlessChanged(
                key, () -> s3.completeMultipartUpload(request.build()).eTag());
    }

    @Override
    public void abort(String key, String upload) {
        s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    }

    /**
     * {@inheritDoc}
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html">Conditional
     *     deletes</a>
     */
    @Override
    public boolean delete(Map<String, String> etags) {
        return deleteAll(etags.entrySet().stream()
                .map(object -> ObjectIdentifier.builder()
                        .key(object.getKey())
                        .eTag(object.getValue())
                        .build())
                .toList());
    }

    /** Returns whether all were deleted: a condition may prevent it. */
    private boolean deleteAll(List<ObjectIdentifier> objects) {
        boolean all = true;
        for (S3Error error : new BatchDeletion(s3, bucket).delete(objects)) {
            if (!CHANGED.contains(error.code())) {
                throw new UncheckedIOException(new IOException(
                        "s3://%s/%s could not be deleted: %s".formatted(bucket, error.key(), error.message())));
            }
            all = false;
        }
        return all;
    }
}
