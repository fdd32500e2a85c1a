package io.fanin.model.run.detection;

import java.util.List;
import java.util.Optional;

/**
 * The entries of the table's inbox that a run has taken over: their partitions are processed by the run, or need no
 * further work. They may be deleted once the report of the first pass is written, since from then on each of their
 * partitions is in the catalog or in the table's record.
 *
 * @param keys in the state bucket
 */
public record TakenEntries(int version, List<String> keys) {

    public static final int VERSION = 1;

    /** The entries of a run that has taken over none; they are not written. */
    public static final TakenEntries NONE = new TakenEntries(List.of());

    public TakenEntries {
        keys = List.copyOf(keys);
    }

    public TakenEntries(List<String> keys) {
        this(VERSION, keys);
    }

    /** These entries; empty for none. */
    public Optional<TakenEntries> any() {
        return Optional.of(this).filter(entries -> !entries.keys.isEmpty());
    }
}
