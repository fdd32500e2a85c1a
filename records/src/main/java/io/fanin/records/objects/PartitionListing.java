package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3AccessException;
import io.fanin.model.failure.FailureCode;
import java.util.Iterator;
import java.util.function.Supplier;

/** A listing that reports refusals as defects of the partition, unless the whole bucket is missing. */
record PartitionListing(Iterator<ObjectSummary> objects) implements Iterator<ObjectSummary> {

    @Override
    public boolean hasNext() {
        return shown(objects::hasNext);
    }

    @Override
    public ObjectSummary next() {
        return shown(objects::next);
    }

    private static <T> T shown(Supplier<T> step) {
        try {
            return step.get();
        } catch (S3AccessException e) {
            if (e.isBucketMissing()) {
                throw e;
            }
            throw new ObjectDefectException(FailureCode.ACCESS_DENIED, e.getMessage(), e);
        }
    }
}
