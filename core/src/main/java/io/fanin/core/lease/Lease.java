package io.fanin.core.lease;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.Execution;
import io.fanin.model.run.RunId;
import java.util.Optional;
import java.util.UUID;

/**
 * The content of a table's lease.
 *
 * @param holder ARN of the execution that holds it; empty once it has been released
 * @param run the run that holds it, or held it last
 * @param acquisition unique to each acquisition, also by the same execution: an ETag is a hash of the content, and a
 *     run that has found the holder ended must not replace the later acquisition of its redrive
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Lease(int version, Optional<String> holder, RunId run, String acquisition) {

    /** The version of this document's shape. */
    static final int VERSION = 1;

    /** A new acquisition of the lease. */
    static Lease of(Execution execution) {
        return new Lease(
                VERSION,
                Optional.of(execution.id()),
                execution.runId(),
                UUID.randomUUID().toString());
    }

    Lease released() {
        return new Lease(version, Optional.empty(), run, acquisition);
    }
}
