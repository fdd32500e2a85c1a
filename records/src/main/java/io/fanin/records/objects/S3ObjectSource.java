package io.fanin.records.objects;

import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.ObjectRefusedException;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Objects of one bucket; S3's errors about an object become defects of the data. */
public final class S3ObjectSource implements ObjectSource {

    private final BucketReader bucket;
    private final Function<String, Iterator<ObjectSummary>> listings;

    public S3ObjectSource(BucketReader bucket) {
        this(bucket, bucket::list);
    }

    private S3ObjectSource(BucketReader bucket, Function<String, Iterator<ObjectSummary>> listings) {
        this.bucket = bucket;
        this.listings = listings;
    }

    @Override
    public ObjectSource inTurn(List<String> prefixes) {
        return new S3ObjectSource(bucket, bucket.listings(prefixes)::list);
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return new PartitionListing(listings.apply(prefix));
    }

    @Override
    public InputStream open(ObjectSummary object) {
        return read(object, () -> bucket.open(object, () -> name(object)));
    }

    @Override
    public byte[] range(ObjectSummary object, long from, long toInclusive) {
        return read(object, () -> bucket.range(object, () -> name(object), from, toInclusive));
    }

    @Override
    public Optional<Instant> expiry(ObjectSummary object) {
        return read(object, () -> bucket.expiry(object));
    }

    private String name(ObjectSummary object) {
        return "s3://" + bucket.bucket() + "/" + Printable.key(object.key());
    }

    private <T> T read(ObjectSummary object, Supplier<T> call) {
        try {
            return call.get();
        } catch (ObjectRefusedException e) {
            throw switch (e.reason()) {
                case NO_OBJECT ->
                    unsound(FailureCode.VANISHED, object, "was deleted while being read: run the partition again", e);
                case REPLACED ->
                    unsound(FailureCode.REPLACED, object, "was replaced while being read: run the partition again", e);
                case ACCESS_DENIED ->
                    unsound(
                            FailureCode.ACCESS_DENIED,
                            object,
                            "may not be read: allow s3:GetObject, and kms:Decrypt on its key",
                            e);
                case ARCHIVED ->
                    unsound(FailureCode.ARCHIVED, object, "is archived: restore it before it can be read", e);
                case ENCRYPTED ->
                    unsound(
                            FailureCode.ACCESS_DENIED,
                            object,
                            "cannot be decrypted, %s: make its KMS key usable again, or write the object again"
                                    .formatted(e.getMessage()),
                            e);
                case ENCRYPTED_BY_WRITER ->
                    unsound(
                            FailureCode.ACCESS_DENIED,
                            object,
                            "cannot be read, %s, as where its writer gave a key of its own (SSE-C): write the object again, without"
                                    .formatted(e.getMessage()),
                            e);
                case NO_BUCKET, OTHER_REGION, OTHER -> e.answer();
            };
        }
    }

    private ObjectDefectException unsound(
            FailureCode defect, ObjectSummary object, String message, ObjectRefusedException cause) {
        return new ObjectDefectException(defect, "object " + name(object) + " " + message, cause);
    }
}
