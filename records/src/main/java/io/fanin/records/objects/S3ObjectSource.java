package io.fanin.records.objects;

import io.fanin.core.s3.ObjectListing;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.s3.WholeBody;
import io.fanin.core.table.S3Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Objects of one bucket. Every read carries the listed ETag ({@code If-Match}), so that no other version is read. */
public final class S3ObjectSource implements ObjectSource {
    private final S3Client s3;
    private final String bucket;

    /** @param s3 stays the caller's to close */
    public S3ObjectSource(S3Client s3, String bucket) {
        this.s3 = Objects.requireNonNull(s3, "s3");
        this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return new PartitionListing(new ObjectListing(new S3Pages(s3), new S3Location(bucket, prefix)));
    }

    @Override
    public InputStream open(ObjectSummary object) {
        GetObjectRequest request = request(object).build();
        Supplier<String> name = () -> name(object);
        return new WholeBody(S3Failures.reading(object, name, () -> s3.getObject(request)), name, object.size());
    }

    @Override
    public byte[] range(ObjectSummary object, long from, long toInclusive) {
        GetObjectRequest request = request(object)
                .range("bytes=%d-%d".formatted(from, toInclusive))
                .build();
        byte[] bytes = S3Failures.reading(
                object,
                () -> name(object),
                () -> s3.getObject(request, ResponseTransformer.toBytes()).asByteArrayUnsafe());
        long expected = toInclusive - from + 1;
        if (bytes.length != expected) {
            throw new UncheckedIOException(new IOException("object %s: bytes %d to %d were asked for, %d bytes came"
                    .formatted(name(object), from, toInclusive, bytes.length)));
        }
        return bytes;
    }

    private GetObjectRequest.Builder request(ObjectSummary object) {
        return GetObjectRequest.builder().bucket(bucket).key(object.key()).ifMatch(object.etag());
    }

    private String name(ObjectSummary object) {
        return "s3://" + bucket + "/" + Printable.key(object.key());
    }
}
