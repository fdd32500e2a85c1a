package io.fanin.detector.catalog;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.SpecException;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;

/**
 * The folders that are left out because another tool has registered them under other values. If they are most, layout
 * and catalog do not belong together.
 */
public final class TakenFolders {

    /** The advice if layout and catalog do not belong together. */
    static final String REMEDY =
            ": state layout and keys as they are registered (fanin init proposes them), or drop these"
                    + " partitions in the catalog";

    private long all;
    private String first = "";

    public void add(Partition partition, PartitionValues registered) {
        if (all++ == 0) {
            first = LogSafe.of(partition.prefix()) + ", which is registered as "
                    + LogSafe.of(registered.values().toString()) + " and which the layout reads as "
                    + LogSafe.of(partition.values().values().toString());
        }
    }

    /**
     * Requires that layout and catalog belong together.
     *
     * @param found the number of partitions in S3, of the whole table
     * @throws SpecException if not
     */
    public void requireFewOf(long found) {
        if (2 * all > found) {
            throw SpecException.at(
                    "$.layout",
                    Counted.of(all, "folder") + " would be registered a second time, with their rows, as other values"
                            + " than those they have in the catalog, such as " + first + REMEDY);
        }
    }
}
