package io.fanin.core.run.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.run.Execution;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Says that a pass has been held once already.
 *
 * @param redriveCount of the execution when it was first held; empty on engines that know no redrive
 * @param arrival names the arrival that left the marker: a client that sends its put again after a lost answer is told
 *     that a marker is there, and finds its own
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeldMarker(OptionalInt redriveCount, String arrival) {

    /** The marker of an arrival that has just begun. */
    public static HeldMarker of(Execution execution) {
        return new HeldMarker(execution.redriveCount(), UUID.randomUUID().toString());
    }
}
