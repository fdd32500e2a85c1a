package io.fanin.processor.job;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A {@link JobStart} with the result that Step Functions returned for it.
 *
 * @param job its name in the service
 * @param outcome the job run that ended, in the service's format, or the {@code Error} and {@code Cause} that were
 *     caught; {@code null} if no run was started
 */
public record JobEnd(String job, JsonNode outcome) {

    public JobEnd {
        job = job == null ? "" : job;
    }
}
