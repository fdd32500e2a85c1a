package io.fanin.tablecreator;

import io.fanin.core.catalog.partition.PartitionParameters;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.run.Tally;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.tablecreator.results.FanIn;
import io.fanin.tablecreator.results.ReadTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of a pass by outcome.
 *
 * @param read after which times their data was read
 * @param overtaking the run that has changed the table's record after the pass processed its partitions, as far as
 *     known; empty if there is none
 */
record PassResults(
        List<PartitionResult.Processed> processed,
        List<PartitionResult.Skipped> skipped,
        List<PartitionResult.Failed> failed,
        ReadTimes read,
        FanIn.ProcessorWork work,
        Optional<RunId> overtaking) {

    /** The maximum number of skipped partitions in the sample. */
    private static final int MAX_SKIPPED_NAMED = 20;

    static PassResults of(FanIn.Results collected) {
        List<PartitionResult.Processed> processed = new ArrayList<>();
        List<PartitionResult.Skipped> skipped = new ArrayList<>();
        List<PartitionResult.Failed> failed = new ArrayList<>();
        for (PartitionResult result : collected.results()) {
            switch (result) {
                case PartitionResult.Processed success ->
                    processed.add(
                            success.asOf(collected.read().of(success.partition().values())));
                case PartitionResult.Skipped none -> skipped.add(none);
                case PartitionResult.Failed failure -> failed.add(failure);
            }
        }
        return new PassResults(processed, skipped, failed, collected.read(), collected.work(), Optional.empty());
    }

    /** Other results of the same pass. */
    private PassResults with(
            List<PartitionResult.Processed> success,
            List<PartitionResult.Skipped> none,
            List<PartitionResult.Failed> failures) {
        return new PassResults(success, none, failures, read, work, overtaking);
    }

    /** The same results, which are outdated if they contradict what another run has found. */
    PassResults overtakenBy(RunId other) {
        return new PassResults(processed, skipped, failed, read, work, Optional.of(other));
    }

    /** The time after which the data of a result was read. */
    Instant readAt(PartitionResult result) {
        return result instanceof PartitionResult.Processed made && made.asOf().isPresent()
                ? made.asOf().get()
                : read.of(result.partition().values());
    }

    /** These results without failures of partitions that are registered with data that was read later. */
    PassResults withoutFailuresRegisteredSince(Map<PartitionValues, RegisteredPartition> registered) {
        List<PartitionResult.Failed> left = failed.stream()
                .filter(result -> Optional.ofNullable(
                                registered.get(result.partition().values()))
                        .filter(now -> now.isSeenAfter(readAt(result)))
                        .isEmpty())
                .toList();
        return with(processed, skipped, left);
    }

    /** These results, except those that are left to another run. */
    PassResults without(Predicate<PartitionResult> isLeft) {
        return with(
                processed.stream().filter(isLeft.negate()).toList(),
                skipped.stream().filter(isLeft.negate()).toList(),
                failed.stream().filter(isLeft.negate()).toList());
    }

    /** These results with those of partitions that an earlier pass has processed successfully. */
    PassResults withEarlier(List<PartitionResult.Processed> earlier) {
        List<PartitionResult.Processed> all =
                Stream.concat(processed.stream(), earlier.stream()).toList();
        return with(all, skipped, failed);
    }

    /**
     * Replaces each skipped partition that is registered with data by a failure: its data is gone. Partitions that were
     * registered empty stay skipped.
     */
    PassResults failingWhereDataIsGone(Map<PartitionValues, RegisteredPartition> registered, S3Location table) {
        List<PartitionResult.Failed> all = new ArrayList<>(failed);
        List<PartitionResult.Skipped> none = new ArrayList<>();
        for (PartitionResult.Skipped result : skipped) {
            RegisteredPartition now = registered.get(result.partition().values());
            if (now == null || now.isEmpty()) {
                none.add(result);
            } else {
                all.add(withoutData(result.partition(), result.why(), now, table));
            }
        }
        return with(processed, none, all);
    }

    /**
     * Replaces each empty period of a calendar, which registers periods before they have data, by a failure if another
     * run has registered it with data since the calendar's detection: that data is gone.
     *
     * @param folder the URI of the run's folder
     */
    PassResults failingWhereOthersHadData(
            Map<PartitionValues, RegisteredPartition> registered, S3Location table, String folder) {
        List<PartitionResult.Failed> all = new ArrayList<>(failed);
        List<PartitionResult.Processed> sound = new ArrayList<>();
        for (PartitionResult.Processed result : processed) {
            RegisteredPartition now = registered.get(result.partition().values());
            if (hasData(result)
                    || now == null
                    || !now.heldData()
                    || now.registeredBy().equals(folder)) {
                sound.add(result);
            } else {
                all.add(withoutData(
                        result.partition(), result.partition().dataPrefix() + " holds no data", now, table));
            }
        }
        return with(sound, skipped, all);
    }

    private static boolean hasData(PartitionResult.Processed result) {
        return result.inventory().files() > 0;
    }

    private static PartitionResult.Failed withoutData(
            Partition partition, String why, RegisteredPartition now, S3Location table) {
        String message = why + "; it is registered" + whereIfElsewhere(now, partition, table);
        return new PartitionResult.Failed(partition, new Failure(FailureCode.NO_OBJECTS, message));
    }

    /** Readers of a partition whose data is its own may have it from another folder. */
    private static String whereIfElsewhere(RegisteredPartition now, Partition partition, S3Location table) {
        return now.location()
                .filter(folder -> partition.source().isEmpty() && now.isElsewhere(table.uriOf(partition.prefix())))
                .map(folder -> " with the location " + folder + ", which is what readers read")
                .orElse(now.run().isEmpty() && !now.heldData() ? " by another tool" : ", and what it had is gone");
    }

    /** These results, with a failure in place of each outdated one, which is not counted as an attempt. */
    PassResults failingWhereOutdated(Predicate<PartitionResult> isOutdated) {
        Map<Boolean, List<PartitionResult>> all = Stream.<PartitionResult>concat(processed.stream(), skipped.stream())
                .collect(Collectors.partitioningBy(isOutdated));
        if (all.get(true).isEmpty()) {
            return this;
        }
        String message = overtaking.map(other -> "run " + other).orElse("another run")
                + " has changed the table after the partition was processed: it is processed again";
        List<PartitionResult.Failed> failures = Stream.concat(
                        failed.stream(),
                        all.get(true).stream()
                                .map(result -> new PartitionResult.Failed(
                                        result.partition(), new Failure(FailureCode.OUTDATED, message))))
                .toList();
        return with(
                those(PartitionResult.Processed.class, all.get(false)),
                those(PartitionResult.Skipped.class, all.get(false)),
                failures);
    }

    private static <R extends PartitionResult> List<R> those(Class<R> kind, List<PartitionResult> results) {
        return results.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<OutstandingFailure> failures(RunId run, int pass) {
        return failed.stream()
                .map(result -> OutstandingFailure.first(result.partition(), result.failure(), run, pass)
                        .ofDataReadAt(readAt(result)))
                .toList();
    }

    /** The partitions that do not exist, or no longer. */
    List<PartitionValues> absent() {
        return values(skipped.stream());
    }

    /** The partitions whose prefix holds no object any more. */
    List<PartitionValues> gone() {
        return values(skipped.stream().filter(PartitionResult.Skipped::gone));
    }

    /** The partitions in which nobody has written anything yet: their prefix holds only markers of folders. */
    List<PartitionValues> notBegun() {
        return values(skipped.stream().filter(PartitionResult.Skipped::onlyFolders));
    }

    /** The partitions whose prefix holds objects that are not data. */
    List<PartitionValues> empty() {
        return values(skipped.stream().filter(result -> !result.gone()));
    }

    /** The partitions that may be registered, but are not known to be. */
    Stream<PartitionValues> possiblyRegistered() {
        return Stream.<PartitionResult>concat(skipped.stream(), failed.stream())
                .map(PartitionResult::partition)
                .map(Partition::values);
    }

    /** The partitions that were processed successfully. */
    Stream<PartitionValues> successes() {
        return processed.stream().map(result -> result.partition().values());
    }

    /** The partitions that were processed successfully, and have no data. */
    Stream<PartitionValues> successesWithoutData() {
        return processed.stream()
                .filter(result -> !hasData(result))
                .map(result -> result.partition().values());
    }

    private static List<PartitionValues> values(Stream<PartitionResult.Skipped> results) {
        return results.map(result -> result.partition().values()).toList();
    }

    /**
     * The skipped partitions: they do not exist and have not failed, or others have them.
     *
     * @param left those that others have
     */
    Tally skipped(List<PartitionKey> keys, List<PartitionResult.Skipped> left) {
        return new Tally(
                left.size() + (long) skipped.size(),
                Stream.concat(left.stream(), skipped.stream())
                        .limit(MAX_SKIPPED_NAMED)
                        .map(result -> PartitionLabel.of(result.partition(), keys, result.why()))
                        .toList());
    }

    /** The partitions as a run registers them. */
    static List<PartitionRegistration> registrations(
            List<PartitionResult.Processed> processed, ResolvedSpec spec, RunFolder run) {
        S3Location table = spec.definition().location();
        Optional<S3Location> source = spec.source().map(SourceDefinition::location);
        return processed.stream()
                .map(result -> new PartitionRegistration(
                        result.partition().values(),
                        table.uriOf(result.prefix()),
                        source.map(raw -> PartitionParameters.of(result, run, raw))
                                .orElseGet(() -> PartitionParameters.of(result, run)),
                        source.isEmpty()))
                .toList();
    }
}
