package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedWaiver;
import io.fanin.core.record.Waivers;
import io.fanin.detector.catalog.Conflicts;
import io.fanin.detector.catalog.ForeignPartitions;
import io.fanin.detector.catalog.PublishedTableState;
import io.fanin.detector.inspect.Inspected;
import io.fanin.detector.inspect.InspectionRules;
import io.fanin.detector.inspect.Verdict;
import io.fanin.detector.inspect.WantedPartition;
import io.fanin.detector.source.SourceMapping;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.io.Closeable;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The work of a run, planned from values alone: the partitions observed in S3, their registrations, the table's record,
 * and the rules of the spec. It sends no requests: {@link PartitionSelector} reads the values.
 *
 * <p>{@link PartitionDecision} decides on each partition, {@link InspectionRules} on the inspected ones; the plan
 * collects the partitions to process, and the counts for its report and the run's next step.
 */
final class DetectionPlan implements Closeable {

    private static final String REMOVED = "what an event names was removed again";

    private final SelectionRules rules;
    private final InspectionRules inspection;
    private final PublishedTableState published;
    private final PartitionDecision.Basis basis;
    private final Conflicts conflicts;
    private final ForeignRegistrations foreign;
    private final SkipLog skips;
    private final Map<PartitionValues, OutstandingFailure> failed = new LinkedHashMap<>();
    private final Map<PartitionValues, RecordedWaiver> waived;
    private final Set<PartitionValues> empty;
    private final Set<PartitionValues> unseenEmpty;
    private final PendingPartitions candidates;
    private final SelectionAccount account;
    private final Set<Partition> settled = new HashSet<>();
    private final Set<RegisteredPartition> healed = new HashSet<>();
    private boolean hidesFailure;

    /**
     * An empty plan.
     *
     * @param registered the registrations of other tools
     */
    DetectionPlan(
            SelectionRules rules,
            InspectionRules inspection,
            SourceMapping mapping,
            PublishedTableState published,
            ForeignPartitions registered,
            SkipLog skips) {
        this.rules = rules;
        this.inspection = inspection;
        this.published = published;
        this.basis = new PartitionDecision.Basis(
                rules,
                mapping,
                new PartitionTime(published.keys()),
                published.record().lacksEmpty(),
                published.record().progress().late().stream()
                        .map(LocalDateTime::parse)
                        .collect(Collectors.toSet()));
        this.conflicts = new Conflicts(mapping);
        this.foreign = new ForeignRegistrations(registered, skips, basis.time(), rules.begun(published.record()));
        this.skips = skips;
        this.waived = Waivers.byValues(published.record(), published.forms());
        this.empty = published.empty();
        this.unseenEmpty = published.written();
        this.candidates = new PendingPartitions(published.keys());
        this.account = new SelectionAccount(rules, published.record(), published.keys());
        published.record().outstanding().stream()
                .filter(rules.takenUp()::includes)
                .forEach(failure -> failed.putIfAbsent(published.forms().canonical(failure.values()), failure));
    }

    /** Whether an observed partition has to be looked up in the catalog. */
    boolean isRegistrationUnknown(ObservedPartition observed) {
        return observed.registered().isEmpty()
                && !rules.coverage()
                        .knowsCatalogOf(observed.prefixes().getFirst().values(), basis.time());
    }

    /**
     * Decides on a partition, with its registration.
     *
     * @return the partition if it has to be inspected; otherwise empty
     */
    Optional<WantedPartition> decide(ObservedPartition observed) {
        RecordedPartition recorded = recorded(observed.canonical());
        failed.remove(observed.canonical());
        if (!observed.prefixes().isEmpty()) {
            unseenEmpty.remove(observed.canonical());
        }
        if (PartitionDecision.isHealed(observed, recorded)) {
            observed.registered().ifPresent(healed::add);
            // Its waiver ends with this run, and does not fill the period.
            waived.remove(observed.canonical());
        }
        PartitionDecision decision = PartitionDecision.of(observed, recorded, basis);
        count(observed, decision);
        foreign.noteTwice(observed);
        return switch (decision) {
            case PartitionDecision.Leave leave -> {
                foreign.noteApart(observed);
                yield Optional.empty();
            }
            case PartitionDecision.Want(WantedPartition wanted) ->
                isLeftToOthers(observed, recorded, wanted.candidate()) ? Optional.empty() : Optional.of(wanted);
            case PartitionDecision.SetAside aside -> {
                settle(aside.partition());
                account.addSetAside(aside.partition(), aside.why());
                yield Optional.empty();
            }
            case PartitionDecision.Conflict conflict -> {
                note(conflict, observed);
                yield Optional.empty();
            }
        };
    }

    private boolean isLeftToOthers(ObservedPartition observed, RecordedPartition recorded, Candidate candidate) {
        if (!foreign.skipIfForeign(observed, recorded, candidate)) {
            return false;
        }
        settle(candidate.partition());
        if (candidate.reason() == Reason.RETRIED && recorded instanceof RecordedPartition.Failed) {
            account.leaveOpen(candidate.partition());
        }
        return true;
    }

    private void count(ObservedPartition observed, PartitionDecision decision) {
        if (observed.prefixes().isEmpty()) {
            observed.registered().ifPresent(known -> {
                // Its data may be moved later, to a period before all windows.
                noteOutside(known);
                if (basis.mapping().isOfRawData()) {
                    countMade(known);
                }
            });
            return;
        }
        Partition first = observed.prefixes().getFirst();
        account.addFound(observed.registered().isPresent());
        if (!(decision instanceof PartitionDecision.Want(WantedPartition wanted))
                || wanted.candidate().reason() != Reason.NEW) {
            account.addPresent(first.values());
        }
        // The verdict on one that is looked into tells whether it has data.
        boolean mayBeAhead = decision instanceof PartitionDecision.Want(WantedPartition wanted)
                && wanted.candidate().reason() == Reason.LATE
                && observed.registered().filter(inspection::isAhead).isPresent();
        if (observed.registered()
                        .filter(known -> !foreign.isRegisteredAhead(known))
                        .isPresent()
                && !mayBeAhead) {
            account.addRegistered(first.values());
        }
    }

    /**
     * Counts a registered partition without raw data. It counts as registered if a run made it of raw data that is gone
     * now; one registered empty on purpose only fills its own period; one of another tool does not count.
     */
    private void countMade(RegisteredPartition known) {
        if (inspection.wasEmpty(known)) {
            if (!inspection.isAhead(known)) {
                account.addExempt(known.values());
            }
        } else if (known.inventoryHash().isPresent()) {
            account.addWithRawDataGone(known.values());
        }
    }

    /** Whether one of several observed prefixes may hold nothing: one that a listing shows does not. */
    boolean mayHaveGonePrefixes(ObservedPartition observed) {
        return observed.hasSeveralPrefixes() && rules.coverage() instanceof SelectionRules.Coverage.Events;
    }

    /**
     * Skips the prefixes that have become empty.
     *
     * @param there prefixes that hold something
     * @return the partition at these prefixes; at its first one, if there is none, so that it is decided about as any
     *     partition whose data is gone
     */
    ObservedPartition settleGone(ObservedPartition observed, Set<Partition> there) {
        List<Partition> left =
                observed.prefixes().stream().filter(there::contains).toList();
        List<Partition> kept = left.isEmpty() ? List.of(observed.prefixes().getFirst()) : left;
        observed.prefixes().stream()
                .filter(prefix -> !kept.contains(prefix))
                .forEach(prefix -> skip(prefix, SkipReason.GONE, REMOVED));
        return observed.at(kept);
    }

    private RecordedPartition recorded(PartitionValues canonical) {
        if (failed.containsKey(canonical)) {
            return new RecordedPartition.Failed(failed.get(canonical));
        }
        if (waived.containsKey(canonical)) {
            return new RecordedPartition.GivenUp(waived.get(canonical));
        }
        return empty.contains(canonical) ? new RecordedPartition.Empty() : new RecordedPartition.Unrecorded();
    }

    private void note(PartitionDecision.Conflict conflict, ObservedPartition observed) {
        observed.registered()
                .map(known -> conflicts.besides(known, conflict.prefixes()))
                .orElseGet(() -> conflicts.unregistered(conflict.prefixes()))
                .forEach(skips::add);
        hidesFailure |= conflict.hidesFailure();
        observed.registered().ifPresent(this::noteOutside);
        if (conflict.leavesOpen()) {
            account.leaveOpen(conflict.prefixes().getFirst());
        }
    }

    private void noteOutside(RegisteredPartition known) {
        basis.mapping().outside(known).ifPresent(elsewhere -> account.addOutside());
    }

    /** The failures to take up whose partitions have not been observed. */
    List<OutstandingFailure> unseen() {
        return List.copyOf(failed.values());
    }

    /**
     * Whether the data of a failure that is retried now may have moved to a part of the table that was not observed. A
     * retry at the old prefix would find it empty, and where the spec skips or registers empty partitions, end the
     * failure.
     */
    boolean mayHaveMoved(ObservedPartition observed) {
        return observed.prefixes().isEmpty()
                && !(rules.coverage() instanceof SelectionRules.Coverage.Whole)
                && retried(observed).isPresent();
    }

    /**
     * A partition that events name, with the prefix at which it failed if it is retried now: the events may be older
     * than the failure, and their prefix may be gone.
     */
    ObservedPartition withPlaceOfFailure(ObservedPartition observed) {
        if (observed.prefixes().isEmpty() || !(rules.coverage() instanceof SelectionRules.Coverage.Events)) {
            return observed;
        }
        return retried(observed)
                .map(basis.mapping()::recalled)
                .filter(place ->
                        place.dataPrefix().startsWith(basis.mapping().location().prefix()))
                .filter(place -> observed.prefixes().stream()
                        .noneMatch(prefix -> prefix.dataPrefix().equals(place.dataPrefix())))
                .map(place -> observed.at(Stream.concat(observed.prefixes().stream(), Stream.of(place))
                        .toList()))
                .orElse(observed);
    }

    /** Where the data of a partition was that is retried. */
    Partition placeOfFailure(ObservedPartition observed) {
        return retried(observed).map(basis.mapping()::recalled).orElseThrow();
    }

    private Optional<OutstandingFailure> retried(ObservedPartition observed) {
        return Optional.ofNullable(failed.get(observed.canonical()))
                .filter(failure -> !failure.hasReached(rules.maxAttempts()));
    }

    /** Adds a registered partition that no run has looked at; it is processed as it is registered. */
    void verify(Candidate candidate) {
        candidates.add(candidate);
    }

    /** Records the verdict on an inspected partition. */
    void conclude(Inspected inspected) {
        Candidate candidate = inspected.candidate();
        Partition partition = candidate.partition();
        if (candidate.reason() == Reason.NEW && !(inspected.verdict() instanceof Verdict.NotBegun)) {
            account.addPresent(partition.values());
        }
        switch (inspected.verdict()) {
            case Verdict.Ready ready -> add(candidate);
            case Verdict.Unchanged same -> {
                settle(partition);
                account.addRegistered(partition.values());
            }
            case Verdict.StillEmpty still -> settle(partition);
            case Verdict.StaysOutside stays -> {
                settle(partition);
                account.addRegistered(partition.values());
                account.addOutside();
            }
            case Verdict.NotBegun none ->
                skip(partition, SkipReason.EMPTY_FOLDER, "nothing lies in it but markers of folders");
            case Verdict.Empty none -> skip(partition, SkipReason.EMPTY_FOLDER, "it holds no data");
            case Verdict.Gone gone -> skip(partition, SkipReason.GONE, REMOVED);
            case Verdict.LiesElsewhere(String registered) -> {
                skips.add(conflicts.besides(registered, partition.dataPrefix()));
                account.addOutside();
            }
            case Verdict.Waiting(String why) -> {
                account.addWaiting(partition, why);
                if (candidate.reason() == Reason.LATE) {
                    account.addWaitingWithLateData(partition);
                }
            }
        }
    }

    private void add(Candidate candidate) {
        Partition partition = candidate.partition();
        if (candidate.reason() == Reason.NEW && foreign.skipAndCountIfTaken(partition)) {
            account.leaveOpen(partition);
            return;
        }
        candidates.add(candidate);
        if (candidate.reason() == Reason.RETRIED && basis.mapping().wouldStayOutside(partition)) {
            account.addOutside();
        }
    }

    private void skip(Partition partition, SkipReason reason, String why) {
        settle(partition);
        skips.add(new Skip(partition.dataPrefix(), reason, why));
    }

    /** Records a settled partition, only for events: a listed table would have too many. */
    private void settle(Partition partition) {
        if (rules.coverage() instanceof SelectionRules.Coverage.Events) {
            settled.add(partition);
        }
    }

    /**
     * The partitions from events that need no further work: unchanged since registration, empty, or in the table's
     * record.
     */
    Set<Partition> settled() {
        return Set.copyOf(settled);
    }

    /**
     * The result: the partitions to process, the report, and the next step.
     *
     * @throws SpecException if most of the partitions in S3 would be registered a second time, or too many to know
     *     which
     */
    DetectionResult detected(VanishedPartitions vanished, UnverifiedPartitions unverified) {
        foreign.requireAllKnown();
        if (rules.coverage() instanceof SelectionRules.Coverage.Whole) {
            foreign.requireFewOf(account.found());
        }
        if (basis.mapping().isOfRawData()) {
            unseenEmpty.forEach(account::addExempt);
        }
        vanished.withRawData().forEach(account::leaveOpen);
        healed.forEach(unverified::healed);
        DetectionReport report = account.report(candidates, skips, waived.values(), vanished, unverified);
        boolean isStale = !healed.isEmpty()
                || hidesFailure
                || !published.parametersAgree()
                || rules.progress().changesRecord(published, report);
        return new DetectionResult(
                candidates,
                published.withoutWork(isStale),
                report,
                true,
                ClaimedEntries.NONE,
                vanished.list(),
                Optional.empty());
    }

    @Override
    public void close() {
        candidates.close();
    }
}
