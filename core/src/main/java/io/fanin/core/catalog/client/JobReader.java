package io.fanin.core.catalog.client;

import io.fanin.core.catalog.GlueCall;
import io.fanin.core.catalog.GlueRetries;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Job;

/** Reads Glue jobs. */
record JobReader(GlueClient glue, GlueRetries retries) {

    /** The arguments of a job; empty if there is no such job. */
    Optional<JobArguments> find(String name) {
        return retries.repeatable(GlueCall.onJob("GetJob", name), () -> {
            try {
                Job job = glue.getJob(request -> request.jobName(name)).job();
                return Optional.of(new JobArguments(
                        job.defaultArguments().keySet(),
                        job.nonOverridableArguments().keySet(),
                        Objects.requireNonNullElse(job.maxRetries(), 0)));
            } catch (EntityNotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
