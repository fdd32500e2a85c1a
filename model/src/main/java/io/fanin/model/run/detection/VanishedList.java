package io.fanin.model.run.detection;

import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.text.Sha256;
import java.util.List;

/** The partitions that a run is to deregister because their prefixes are now empty. */
public record VanishedList(int version, List<Entry> partitions) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /**
     * The maximum number of partitions that a run deregisters: they are checked and deleted within a function's time
     * limit.
     */
    public static final int MAX = 25_000;

    public VanishedList {
        partitions = List.copyOf(partitions);
    }

    /** A name unique to this list. */
    public String token() {
        return Sha256.token(Json.text(this));
    }

    /**
     * A partition to deregister.
     *
     * @param location the URI of its prefix
     * @param registeredBy the URI of the folder of the run that registered it last; if another run has registered it
     *     since, it stays
     */
    public record Entry(PartitionValues values, String location, String registeredBy) {}
}
