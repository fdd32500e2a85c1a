package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.PartitionLabel;
import java.util.List;
import java.util.Optional;

/**
 * The registered partitions whose prefixes were empty at a full detection, counted, and the number of those to
 * deregister.
 *
 * @param sample the first of them
 * @param toDeregister the number of them that the run is to deregister
 * @param list the name of the document in the run folder that lists the partitions to deregister; absent if there are
 *     none
 * @param kept the reason why none is deregistered although the spec requires it; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Vanished(
        long count, List<PartitionLabel> sample, long toDeregister, Optional<String> list, Optional<String> kept) {

    public static final Vanished NONE = new Vanished(0, List.of(), 0, Optional.empty(), Optional.empty());

    public Vanished {
        sample = List.copyOf(sample);
    }

    /** The same findings, of which none is deregistered, for this reason. */
    public Vanished keepingAll(String why) {
        return new Vanished(count, sample, 0, Optional.empty(), Optional.of(why));
    }
}
