package io.fanin.core.tables;

import io.fanin.core.aws.Environment;
import io.fanin.core.s3.BucketNames;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.OnVanished;
import io.fanin.model.table.S3Location;
import java.util.Optional;

/**
 * The stack's permissions for buckets, and whether it may deregister partitions. A spec that needs more is refused
 * before any request to S3, where the functions' roles would only result in "access denied".
 *
 * @param state the stack's own bucket, even if it matches others
 * @param data in which raw data and tables may lie
 * @param target in which tables may be made, and lie
 * @param specs in which specs, and the texts that they refer to, may lie
 * @param mayDeregister whether partitions whose data vanished may be deregistered
 */
public record StackBuckets(
        String state, BucketNames data, BucketNames target, BucketNames specs, boolean mayDeregister) {

    /** The permissions of a stack that deregisters nothing, from the values of its parameters. */
    public static StackBuckets of(String state, String data, String target, String specs) {
        return new StackBuckets(
                state,
                new BucketNames("DataBuckets", data),
                new BucketNames("TargetBuckets", target),
                new BucketNames("SpecBuckets", specs),
                false);
    }

    /** The same permissions, with or without deregistration. */
    public StackBuckets mayDeregister(boolean allowed) {
        return new StackBuckets(state, data, target, specs, allowed);
    }

    public static StackBuckets ofEnvironment() {
        return of(
                        Environment.required("STATE_BUCKET"),
                        Environment.required("DATA_BUCKETS"),
                        Environment.optional("TARGET_BUCKETS").orElse(""),
                        Environment.optional("SPEC_BUCKETS").orElse(""))
                .mayDeregister(Environment.optional("ALLOW_DEREGISTER")
                        .map(Boolean::parseBoolean)
                        .orElse(false));
    }

    /**
     * Refuses a resolved spec whose folders are in other buckets, or that requires other permissions than the stack's.
     *
     * @throws SpecException if it is refused; the message names the parameter of the stack
     */
    public void requireAllowed(ResolvedSpec spec) {
        if (!mayDeregister
                && spec.detection() instanceof DetectionSpec.Full full
                && full.vanishedOrDefault() == OnVanished.DEREGISTER) {
            throw SpecException.at(
                    "$.detection.vanished",
                    "deregister needs the stack's parameter AllowDeregister=true, without which its functions delete no"
                            + " partition: set it, or say \"report\"");
        }
        requireBuckets(spec);
    }

    /** The same for a run that only processes again what an earlier one has left: it deregisters nothing. */
    public void requireBuckets(ResolvedSpec spec) {
        S3Location location = spec.definition().location();
        requireData("$.location", location);
        spec.source().ifPresent(source -> requireData("$.source.location", source.location()));
        if (spec.processor().makesPartitions() && !target.have(location)) {
            throw SpecException.at(
                    "$.location",
                    "the processor makes the partitions of " + location + ", in whose bucket the stack may not write ("
                            + target + "): correct it, or name the bucket in the stack's parameter "
                            + target.parameter());
        }
    }

    private void requireData(String path, S3Location location) {
        whyState(location).ifPresent(why -> {
            throw SpecException.at(path, location + " " + why);
        });
        if (!data.have(location) && !target.have(location)) {
            throw SpecException.at(
                    path,
                    location + " lies outside the stack's data buckets (" + data + ", " + target
                            + "): correct it, or name the bucket in the stack's parameter " + data.parameter());
        }
    }

    /** The reason why the stack reads no specs, nor the texts that they refer to, in this folder; empty if it does. */
    Optional<String> whyNoSpecs(S3Location folder) {
        return whyState(folder)
                .or(() -> specs.have(folder)
                        ? Optional.empty()
                        : Optional.of("lies outside the buckets that specs are read from (" + specs
                                + "): name the bucket in the stack's parameter " + specs.parameter()
                                + ", or give the text itself"));
    }

    /** The reason why no data may lie in this location, whatever the parameters allow. */
    private Optional<String> whyState(S3Location location) {
        return location.bucket().equals(state)
                ? Optional.of("lies in the stack's state bucket, which holds what the system itself writes and nothing"
                        + " else: use another bucket")
                : Optional.empty();
    }
}
