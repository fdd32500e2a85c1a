package io.fanin.detector.select;

import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import java.util.List;

/** Reports conflicting prefixes, which have the same values. */
public final class Conflicts {

    private Conflicts() {}

    /** A skip for each of several partitions. */
    public static List<Skip> of(List<Partition> all) {
        return all.stream().map(partition -> of(partition, all)).toList();
    }

    public static Skip of(String prefix, String other) {
        return new Skip(prefix, SkipReason.CONFLICT, Skip.SAME_VALUES + other);
    }

    private static Skip of(Partition partition, List<Partition> all) {
        String other = all.getFirst().equals(partition)
                ? all.get(1).dataPrefix()
                : all.getFirst().dataPrefix();
        return of(partition.dataPrefix(), other + (all.size() > 2 ? " and " + (all.size() - 2) + " more" : ""));
    }
}
