package io.fanin.processor.convert;

import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;

/** Creates the {@link PartitionMaker} of a table from raw data. */
@FunctionalInterface
public interface Conversions {

    /**
     * Opens the maker of one table's partitions.
     *
     * @param spec has a source
     * @param convert the spec's processor
     * @param raw the objects of the source's bucket
     * @param target to which the partitions' versions are published
     */
    PartitionMaker open(
            ResolvedSpec spec, ProcessorSpec.Convert convert, ObjectSource raw, VersionTarget target, Deadline deadline)
            throws IOException;
}
