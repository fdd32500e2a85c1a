package io.fanin.core.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.partition.Partition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The partitions of one table from one invocation of the object-events function, or left by a run for the next one.
 *
 * @param spec URI of the table's spec; empty if the catalog contains everything
 * @param received when the first of the events was received
 * @param bucket of the prefixes; empty in an entry of an earlier version
 * @param partitions below the folder in which the table's data arrives, each once
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record InboxEntry(
        int version,
        TableName table,
        Optional<String> spec,
        Instant received,
        Optional<String> bucket,
        List<Partition> partitions) {

    static final int VERSION = 1;

    public InboxEntry {
        partitions = List.copyOf(partitions);
    }

    public InboxEntry(
            TableName table,
            Optional<String> spec,
            Instant received,
            Optional<String> bucket,
            List<Partition> partitions) {
        this(VERSION, table, spec, received, bucket, partitions);
    }

    /** The same entry with some of its partitions. */
    public InboxEntry with(List<Partition> some) {
        return new InboxEntry(version, table, spec, received, bucket, some);
    }

    /** Entries that together say the same, each of which names at most this number of partitions. */
    Stream<InboxEntry> inParts(int most) {
        return IntStream.iterate(0, from -> from == 0 || from < partitions.size(), from -> from + most)
                .mapToObj(from -> with(partitions.subList(from, Math.min(partitions.size(), from + most))));
    }
}
