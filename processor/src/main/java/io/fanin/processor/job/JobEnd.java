package io.fanin.processor.job;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A {@link JobStart}, and what Step Functions returned for it.
 *
 * @param job its name in the service
 * @param outcome the job run that ended, as its service describes it, or the {@code Error} and {@code Cause} that were caught; {@code null}
 *     if no run was started
 */
public record JobEnd(String job, JsonNode outcome) {

    public JobEnd {
        job = job == null ? "" : job;
    }
}
