package io.fanin.core.run.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.Execution;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Marks a pass as held at the gate; a later arrival with a higher redrive count is a redrive.
 *
 * @param redriveCount of the execution when it was first held; empty on engines without redrive
 * @param arrival unique to the invocation that wrote the marker: a client that resends its put after a lost response
 *     learns that a marker exists, and recognizes its own
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeldMarker(OptionalInt redriveCount, String arrival) {

    /** The marker of a new arrival. */
    public static HeldMarker of(Execution execution) {
        return new HeldMarker(execution.redriveCount(), UUID.randomUUID().toString());
    }
}
