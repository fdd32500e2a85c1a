package io.fanin.model.run.detection;

import io.fanin.model.json.Json;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.text.Sha256;
import java.util.List;

/** The partitions that a run is to deregister, since their prefixes hold nothing any more. */
public record VanishedList(int version, List<Entry> partitions) {

    /** The version of this document's shape. */
    public static final int VERSION = 1;

    /** The most that a run deregisters: checked and deleted batch by batch within a function's time limit. */
    public static final int MOST = 25_000;

    public VanishedList {
        partitions = List.copyOf(partitions);
    }

    /** A name unique to this list. */
    public String token() {
        return Sha256.token(Json.text(this));
    }

    /**
     * One of them.
     *
     * @param location the URI of its prefix
     * @param registeredBy the URI of the folder of the run that registered it last: registered by another one since, it stays
     */
    public record Entry(PartitionValues values, String location, String registeredBy) {}
}
