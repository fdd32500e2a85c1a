package io.fanin.processor.custom;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.processor.api.PartitionObject;
import io.fanin.records.objects.ObjectSource;
import java.io.InputStream;

/**
 * An object of a partition's raw data.
 *
 * @param name below the partition's prefix
 */
public record SourceObject(ObjectSource source, ObjectSummary object, String name) implements PartitionObject {
    @Override
    public long size() {
        return object.size();
    }

    @Override
    public InputStream open() {
        return source.open(object);
    }
}
