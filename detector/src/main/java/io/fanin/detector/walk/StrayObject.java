package io.fanin.detector.walk;

import io.fanin.model.layout.HiddenNames;
import io.fanin.model.layout.Layout;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Counted;

/** An object in the table's folder above the last key's level, so that it belongs to no partition. */
public final class StrayObject {

    private StrayObject() {}

    /**
     * The reason for which it is skipped.
     *
     * @param name without the folders above it
     * @param location of the table, or of its source
     */
    public static Layout.Mismatch mismatch(String name, Layout layout, S3Location location) {
        return HiddenNames.isHidden(name)
                ? new Layout.Mismatch(SkipReason.HIDDEN, "names that begin with '_' or '.' are ignored")
                : new Layout.Mismatch(
                        SkipReason.MISSING_LEVEL,
                        "an object above the partitions, which begin " + Counted.of(layout.depth(), "level") + " below "
                                + location);
    }
}
