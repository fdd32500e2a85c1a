package io.fanin.core.tables;

import io.fanin.core.aws.Environment;
import io.fanin.core.s3.BucketNames;
import io.fanin.model.spec.DetectionSpec;
import io.fanin.model.spec.OnVanished;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.S3Location;
import java.util.Optional;

/**
 * The stack's permissions for buckets, and whether it may deregister partitions. A spec that needs more is refused
 * before any request to S3, where the functions' roles would only result in "access denied".
 *
 * @param state the stack's own bucket, whatever the others match
 * @param data in which raw data and tables may lie
 * @param target in which tables may be made, and lie
 * @param specs in which specs may lie, and the texts that specs name
 * @param mayDeregister whether partitions whose data vanished may be deregistered
 */
public record StackBuckets(
        String state, BucketNames data, BucketNames target, BucketNames specs, boolean mayDeregister) {

    /** Of a stack that deregisters nothing, by the names of its parameters' values. */
    public static StackBuckets of(String state, String data, String target, String specs) {
        return new StackBuckets(
                state,
                new BucketNames("DataBuckets", data),
                new BucketNames("TargetBuckets", target),
                new BucketNames("SpecBuckets", specs),
                false);
    }

    /** The same stack, which may deregister partitions or not. */
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
     * Refuses a resolved spec whose folders lie where they may not, or that asks for more than the stack may do.
     *
     * @throws SpecException which names the parameter of the stack
     */
    public void requireAllowed(TableSpec spec) {
        if (!mayDeregister
                && spec.detectionOrDefault() instanceof DetectionSpec.Full full
                && full.vanishedOrDefault() == OnVanished.DEREGISTER) {
            throw SpecException.at(
                    "$.detection.vanished",
                    "deregister needs the stack's parameter AllowDeregister=true, without which its functions delete no"
                            + " partition: set it, or say \"report\"");
        }
        S3Location location = spec.definition().location();
        requireData("$.location", location);
        spec.sourceDefinition().ifPresent(source -> requireData("$.source.location", source.location()));
        if (spec.processorOrDefault().makesPartitions() && !target.have(location)) {
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

    /** Why the stack reads no specs in this folder, nor texts that they name; empty when it does. */
    Optional<String> whyNoSpecs(S3Location folder) {
        return whyState(folder)
                .or(() -> specs.have(folder)
                        ? Optional.empty()
                        : Optional.of("lies outside the buckets that specs are read from (" + specs
                                + "): name the bucket in the stack's parameter " + specs.parameter()
                                + ", or give the text itself"));
    }

    /** Why no data may lie there, whatever the parameters name. */
    private Optional<String> whyState(S3Location location) {
        return location.bucket().equals(state)
                ? Optional.of("lies in the stack's state bucket, which holds what the system itself writes and nothing"
                        + " else: use another bucket")
                : Optional.empty();
    }
}
