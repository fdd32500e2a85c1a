package io.fanin.records.parquet;

import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.Printable;

/**
 * A place in an object, for people.
 *
 * @param name what of the object
 */
record HeaderPlace(String key, String name) {

    HeaderPlace column(ParquetField leaf) {
        return new HeaderPlace(key, "column '%s', %s".formatted(Printable.detail(leaf.path()), name));
    }

    HeaderPlace page(long at) {
        return new HeaderPlace(key, "%s, page at byte %d".formatted(name, at));
    }

    /** The error for a place that contradicts the object's other headers. */
    ObjectDefectException corrupt(String what) {
        return ObjectDefectException.ofObject(
                key, FailureCode.CORRUPT, " is corrupt: " + name + " " + what + "; write it again");
    }
}
