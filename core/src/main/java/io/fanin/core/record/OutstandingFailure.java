package io.fanin.core.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A partition that failed and has not been registered since. Runs process it again until it is registered, waived, or
 * set aside.
 *
 * @param attempts the number of passes in which it failed by its own fault
 * @param run the run of the last attempt
 * @param pass the pass of the last attempt
 * @param standing the partition's registration when it failed: there is one if data was late or was processed again
 * @param earlier the last passes before this one that are counted in the attempts, so that a pass whose end is recorded
 *     again after a later run counts only once
 * @param since after which time the data was read with which it first failed; absent if unknown
 * @param at after which time the data was read with which it failed last; absent if unknown
 * @param bucket the bucket in which the table was then; absent if unknown
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OutstandingFailure(
        Partition partition,
        int attempts,
        Failure failure,
        RunId run,
        int pass,
        @JsonUnwrapped StandingRegistration standing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> earlier,
        Optional<Instant> since,
        Optional<Instant> at,
        Optional<String> bucket) {

    private static final int MAX_EARLIER = 3;

    public OutstandingFailure {
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        at = at == null ? Optional.empty() : at;
        bucket = bucket == null ? Optional.empty() : bucket;
    }

    /** A failure of a partition that is not registered. */
    public OutstandingFailure(Partition partition, int attempts, Failure failure, RunId run, int pass) {
        this(
                partition,
                attempts,
                failure,
                run,
                pass,
                StandingRegistration.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The first failure of a partition that is not registered. */
    public static OutstandingFailure first(Partition partition, Failure failure, RunId run, int pass) {
        return new OutstandingFailure(partition, failure.external() ? 0 : 1, failure, run, pass);
    }

    /** Whether it has failed so often that scheduled runs leave it out. */
    public boolean hasReached(int maxAttempts) {
        return attempts >= maxAttempts;
    }

    public PartitionValues values() {
        return partition.values();
    }

    /** Whether readers see the data that failed: the partition is registered, and its data is the table's own. */
    public boolean readInPlace() {
        return standing.exists() && partition.source().isEmpty();
    }

    /** The same failure of a partition that is registered all the same. */
    public OutstandingFailure whileRegisteredAs(RegisteredPartition registered) {
        return new OutstandingFailure(
                partition,
                attempts,
                failure,
                run,
                pass,
                new StandingRegistration(
                        Optional.of(registered.registeredBy()),
                        bucket.filter(in -> registered.run().isEmpty()
                                        && partition.source().isEmpty())
                                .map(in -> new S3Location(in, partition.prefix()).uri())),
                earlier,
                since,
                at,
                bucket);
    }

    /** The same failure of data that was read after this time. */
    public OutstandingFailure ofDataReadAt(Instant moment) {
        return new OutstandingFailure(
                partition,
                attempts,
                failure,
                run,
                pass,
                standing,
                earlier,
                Optional.of(moment),
                Optional.of(moment),
                bucket);
    }

    /** The same failure of a table that is in this bucket. */
    public OutstandingFailure ofTableIn(String tableBucket) {
        return new OutstandingFailure(
                partition, attempts, failure, run, pass, standing, earlier, since, at, Optional.of(tableBucket));
    }

    /** Whether the table is known to have been in another bucket than this one then. */
    public boolean isOfTableOutside(String tableBucket) {
        return bucket.filter(known -> !known.equals(tableBucket)).isPresent();
    }

    /** The same failure with no attempt counted. */
    OutstandingFailure afresh() {
        return new OutstandingFailure(partition, 0, failure, run, pass, standing, List.of(), since, at, bucket);
    }

    /** Whether its data may have been read later than at this time. */
    public boolean mayBeLaterThan(Instant read) {
        return at.filter(moment -> !moment.isAfter(read)).isEmpty();
    }

    /**
     * Whether the partition is registered otherwise than when it failed. A registration of older data does not heal the
     * failure: an invocation that outlives its execution may register late.
     */
    public boolean healedBy(RegisteredPartition now) {
        return now.isRegisteredSince(standing) && at.filter(now::isSeenBefore).isEmpty();
    }

    /** The partitions whose failures were healed by a registration. */
    public static Set<PartitionValues> healed(
            Collection<OutstandingFailure> failures, Map<PartitionValues, RegisteredPartition> registered) {
        return failures.stream()
                .filter(failure -> Optional.ofNullable(registered.get(failure.partition.values()))
                        .filter(failure::healedBy)
                        .isPresent())
                .map(failure -> failure.partition.values())
                .collect(Collectors.toSet());
    }

    /**
     * The failure merged with one that is recorded later. The one with the newer data wins, since an older run may
     * record late. A pass that is recorded twice counts as one attempt.
     */
    OutstandingFailure combinedWith(OutstandingFailure recorded) {
        boolean isOlder = recorded.at
                .filter(moment -> at.filter(moment::isBefore).isPresent())
                .isPresent();
        OutstandingFailure last = isOlder ? this : recorded;
        List<String> counted = counted().toList();
        List<String> others = Stream.concat(counted.stream(), recorded.counted())
                .distinct()
                .filter(attempt -> last.failure.external() || !attempt.equals(last.attempt()))
                .toList();
        return new OutstandingFailure(
                last.partition,
                counted.contains(recorded.attempt()) ? attempts : attempts + recorded.attempts,
                last.failure,
                last.run,
                last.pass,
                last.standing,
                others.subList(Math.max(0, others.size() - MAX_EARLIER), others.size()),
                Stream.concat(since.stream(), recorded.since.stream()).min(Comparator.naturalOrder()),
                last.at,
                last.bucket);
    }

    private Stream<String> counted() {
        return Stream.concat(earlier.stream(), failure.external() ? Stream.empty() : Stream.of(attempt()));
    }

    private String attempt() {
        return run.value() + "/" + pass;
    }
}
