package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.PartitionVersion;
import io.fanin.records.objects.Printable;
import io.fanin.records.scratch.ConversionException;

/**
 * Detects versions of partitions below a location that is the partition's own folder. Readers would read all versions
 * that {@code convert} or {@code sql} made there before the table's processor was changed.
 */
public final class VersionsElsewhere {

    private VersionsElsewhere() {}

    /**
     * Requires that the object does not belong to a version.
     *
     * @throws ConversionException {@code ForeignObjects} if it does
     */
    public static void requireNone(String prefix, ObjectSummary object) {
        if (PartitionVersion.holds(object.key().substring(prefix.length()))) {
            throw new ConversionException(
                    FailureCode.FOREIGN_OBJECTS,
                    ("%s holds versions of the partition that convert or sql has made (%s): readers of the folder would read all"
                                    + " of them. The one that is registered is what they read now: do not remove it, but choose"
                                    + " another location for the table, or return to the processor that made it")
                            .formatted(Printable.key(prefix), Printable.key(object.key())));
        }
    }
}
