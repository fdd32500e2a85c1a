package io.fanin.records.tables;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.table.S3Location;
import io.fanin.records.objects.ObjectSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The objects of a bucket; folders that have been listed before are not listed again.
 *
 * @param listed the objects of folders in any bucket
 */
record ListedObjects(String bucket, ObjectSource source, Map<S3Location, List<ObjectSummary>> listed)
        implements ObjectSource.Forwarding {
    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        List<ObjectSummary> known = listed.get(new S3Location(bucket, prefix));
        return known == null ? source.list(prefix) : known.iterator();
    }
}
