package io.fanin.processor;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.records.objects.ObjectSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remakes a registered partition only while all its raw data exists: after a lifecycle rule has deleted some, rows
 * would be lost. Partitions named explicitly are made of what is left.
 *
 * @param raw the objects of the source
 */
record WithinRetention(PartitionWork work, ResolvedSpec spec, ObjectSource raw, InstantSource clock)
        implements PartitionWork {

    /**
     * S3 deletes an object a number of days after it was written, 1 or more, at the next midnight or hours later.
     * Making a partition takes hours at most.
     */
    private static final Duration DAY = Duration.ofDays(1);

    /** The maximum number of objects that are compared: one page of a listing. */
    private static final int MAX_COMPARED = 1000;

    static PartitionWork of(PartitionWork work, ResolvedSpec spec, ProcessorServices services, InstantSource clock) {
        return spec.source().isEmpty() || spec.detection() instanceof DetectionSpec.Explicit
                ? work
                : new WithinRetention(
                        work,
                        spec,
                        services.objectsOfBucket()
                                .apply(spec.source().get().location().bucket()),
                        clock);
    }

    @Override
    public PartitionResult process(Partition partition) throws IOException {
        Optional<Failure> expired =
                partition.madeOf().filter(oldest -> isOver(oldest, DAY)).flatMap(oldest -> expired(partition, oldest));
        return expired.isPresent() ? new PartitionResult.Failed(partition, expired.get()) : work.process(partition);
    }

    /**
     * The failure if objects as old as the oldest raw object have expired. Asks for the expiry of one object: the
     * newest, which exists longest, and of those with data if there are any, since a rule may apply to these only.
     */
    private Optional<Failure> expired(Partition partition, Instant oldest) {
        String folder = RawFolder.prefix(partition);
        Iterator<ObjectSummary> listed = raw.list(folder);
        return Stream.generate(() -> listed)
                .takeWhile(Iterator::hasNext)
                .limit(MAX_COMPARED)
                .map(Iterator::next)
                .max(Comparator.comparing((ObjectSummary object) -> DataObjects.isData(folder, object))
                        .thenComparing(ObjectSummary::lastModified))
                .flatMap(newest -> raw.expiry(newest).map(expiry -> lifetime(newest, expiry)))
                .filter(lifetime -> isOver(oldest, lifetime.compareTo(DAY) > 0 ? lifetime.minus(DAY) : lifetime))
                .map(lifetime -> failure(partition, oldest, lifetime));
    }

    private boolean isOver(Instant oldest, Duration lifetime) {
        return !oldest.plus(lifetime).isAfter(clock.instant());
    }

    /**
     * The whole days between an object's last change and its expiry, at least one: a rule with a date in the past gives
     * one.
     */
    private static Duration lifetime(ObjectSummary object, Instant expiry) {
        Duration untilMidnight = Duration.between(object.lastModified(), expiry).minusNanos(1);
        return Duration.ofDays(Math.max(1, untilMidnight.toDays()));
    }

    private Failure failure(Partition partition, Instant oldest, Duration lifetime) {
        S3Location source = spec.source().orElseThrow().location();
        return new Failure(
                FailureCode.RAW_DATA_EXPIRED,
                "%s has changed, or begun to expire, since a lifecycle rule deletes its objects after %s; those that the partition was made of are of %s and later: made of what is there, it could lose rows, so it stays as it was made"
                        .formatted(
                                LogSafe.of(source.uriOf(RawFolder.prefix(partition))),
                                Counted.of(lifetime.toDays(), "day"),
                                oldest));
    }

    @Override
    public boolean isOfData(IOException e) {
        return work.isOfData(e);
    }

    @Override
    public void close() throws IOException {
        work.close();
    }
}
