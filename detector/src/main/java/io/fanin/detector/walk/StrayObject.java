package io.fanin.detector.walk;

import io.fanin.core.layout.HiddenNames;
import io.fanin.core.layout.Layout;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.table.S3Location;
import io.fanin.core.text.Counted;

/** An object that lies in the table's folder and above the last key's level, so that it belongs to no partition. */
public final class StrayObject {

    private StrayObject() {}

    /**
     * Why it is passed over.
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
