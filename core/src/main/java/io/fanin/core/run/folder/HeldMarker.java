package io.fanin.core.run.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.Execution;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Marks a pass that has already been held once.
 *
 * @param redriveCount of the execution when it was first held; empty on engines without redrive
 * @param arrival identifies the arrival that wrote the marker: a client that resends its put after a lost response
 *     learns that a marker exists, and recognizes its own
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeldMarker(OptionalInt redriveCount, String arrival) {

    /** The marker of an arrival that has just begun. */
    public static HeldMarker of(Execution execution) {
        return new HeldMarker(execution.redriveCount(), UUID.randomUUID().toString());
    }
}
