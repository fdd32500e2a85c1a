package io.fanin.detector.select;

import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.Waived;
import io.fanin.core.record.Waivers;
import io.fanin.detector.source.SourceMapping;
import io.fanin.detector.walk.SkipLog;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.Candidate;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.text.Counted;
import java.io.Closeable;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides of every observed partition whether it has to be processed. Partitions are taken in chunks, so that the catalog
 * and S3 are asked for many at a time.
 */
public final class PartitionSelector implements Closeable {

    /** Glue gives as many partitions by their values in one request. */
    private static final int CHUNK = 1000;

    private final SelectionRules rules;
    private final SourceMapping mapping;
    private final PublishedTableState published;
    private final RegisteredLookup catalog;
    private final Inspections inspections;
    private final SkipLog skips;

    private final Map<PartitionValues, OutstandingFailure> failed = new LinkedHashMap<>();
    private final Map<PartitionValues, Waived> waived;
    private final Set<PartitionValues> empty;
    private final PendingPartitions candidates;
    private final SelectionAccount account;
    private final Consumer<String> settled;
    private Optional<VanishedSearch> vanished = Optional.empty();
    private boolean isHandedOver;
    private boolean hasHealed;
    private boolean hidesFailure;

    /**
     * Starts with nothing selected.
     *
     * @param settled gets the data prefixes that need no further work: unchanged since
     *     registration, empty, or remembered by the table's record
     */
    public PartitionSelector(
            SelectionRules rules,
            SourceMapping mapping,
            PublishedTableState published,
            RegisteredLookup catalog,
            Inspections inspections,
            SkipLog skips,
            Consumer<String> settled) {
        this.rules = rules;
        this.mapping = mapping;
        this.published = published;
        this.catalog = catalog;
        this.inspections = inspections;
        this.skips = skips;
        this.settled = settled;
        List<PartitionKey> keys = published.keys();
        this.waived = Waivers.byValues(published.record(), published.forms());
        this.empty = published.empty();
        this.candidates = new PendingPartitions(keys);
        this.account = new SelectionAccount(rules, keys, waived.values());
        published.record().outstanding().stream()
                .filter(rules.takesUp())
                .forEach(failure -> failed.putIfAbsent(
                        published.forms().canonical(failure.partition().values()), failure));
    }

    /** The same selection, which looks for data that is gone, too. */
    public PartitionSelector with(VanishedSearch search) {
        vanished = Optional.of(search);
        return this;
    }

    /**
     * Takes all observations, and what failed before and was not among them.
     *
     * @param from where the listing began
     */
    public Detected select(Iterator<ObservedPartition> observations, Optional<LocalDateTime> from) {
        List<ObservedPartition> chunk = new ArrayList<>();
        while (observations.hasNext()) {
            chunk.add(observations.next());
            if (chunk.size() == CHUNK) {
                take(chunk);
                chunk.clear();
            }
        }
        take(chunk);
        takeUnseen();
        DetectionReport report = account.report(
                from, candidates, skips, published.record().changedBy(), vanished.map(VanishedSearch::found));
        boolean flagsStale = hasHealed
                || hidesFailure
                || !published.parametersAgree()
                || rules.isNews().test(report);
        isHandedOver = true;
        return new Detected(candidates, published.withoutWork(flagsStale), report)
                .with(vanished.flatMap(VanishedSearch::list));
    }

    /** The selection is kept for the caller, unless something failed. */
    @Override
    public void close() {
        inspections.close();
        if (!isHandedOver) {
            candidates.close();
        }
    }

    private void take(List<ObservedPartition> chunk) {
        List<ObservedPartition> known = known(chunk);
        List<Inspections.Wanted> chosen = known.stream()
                .flatMap(observation -> choose(observation).stream())
                .toList();
        List<Inspections.Inspected> inspected = inspections.inspect(chosen);
        inspected.forEach(this::conclude);
        vanished.ifPresent(search -> search.take(known, inspected));
    }

    /** The observations, with the catalog's state of those not looked up yet. */
    private List<ObservedPartition> known(List<ObservedPartition> chunk) {
        List<PartitionValues> unknown = chunk.stream()
                .filter(this::isUnknown)
                .map(observation -> observation.prefixes().getFirst().values())
                .toList();
        if (unknown.isEmpty()) {
            return chunk;
        }
        Map<PartitionValues, RegisteredPartition> answer = catalog.find(unknown);
        return chunk.stream()
                .map(observation -> isUnknown(observation)
                        ? observation.with(Optional.ofNullable(
                                answer.get(observation.prefixes().getFirst().values())))
                        : observation)
                .toList();
    }

    private boolean isUnknown(ObservedPartition observation) {
        return observation.registered().isEmpty()
                && !rules.knowsCatalog().test(observation.prefixes().getFirst().values());
    }

    /** Adds earlier failures that were not found, whether they are still in S3 or not: an operator has to know. */
    private void takeUnseen() {
        List<OutstandingFailure> unseen = List.copyOf(failed.values());
        if (unseen.isEmpty()) {
            return;
        }
        Map<PartitionValues, RegisteredPartition> answer = catalog.find(
                unseen.stream().map(failure -> failure.partition().values()).toList());
        List<Inspections.Wanted> chosen = new ArrayList<>();
        unseen.forEach(failure -> {
            Optional<RegisteredPartition> known =
                    Optional.ofNullable(answer.get(failure.partition().values()));
            if (known.filter(failure::healedBy).isPresent()) {
                hasHealed = true;
            } else {
                takeUp(failure, mapping.recalled(failure.partition()), known).ifPresent(chosen::add);
            }
        });
        inspections.inspect(chosen).forEach(this::conclude);
    }

    private Optional<Inspections.Wanted> choose(ObservedPartition observation) {
        Optional<OutstandingFailure> failure = Optional.ofNullable(failed.remove(observation.canonical()));
        Optional<RegisteredPartition> known = observation.registered();
        boolean isHealed =
                failure.isPresent() && known.filter(failure.get()::healedBy).isPresent();
        hasHealed |= isHealed;
        Optional<OutstandingFailure> left = failure.filter(one -> !isHealed);
        Optional<Waived> given = waived(observation);
        if (observation.prefixes().isEmpty()) {
            return left.flatMap(one -> takeUp(one, mapping.recalled(one.partition()), known));
        }
        Partition partition = observation.prefixes().getFirst();
        account.found(partition, known.isPresent());
        if (observation.prefixes().size() > 1) {
            Conflicts.of(observation.prefixes()).forEach(skips::add);
            hidesFailure |= left.isPresent();
            if (known.isEmpty() && given.isEmpty()) {
                account.leaveOpen(partition);
            }
            return Optional.empty();
        }
        if (left.isPresent()) {
            return takeUp(left.get(), partition, known);
        }
        if (given.isPresent()) {
            return changed(
                    given.get(),
                    known.map(stands -> mapping.restated(partition, stands.values()))
                            .orElse(partition));
        }
        if (known.isEmpty()) {
            Candidate candidate = new Candidate(partition, Reason.NEW);
            return Optional.of(
                    mayBeEmpty(observation.canonical())
                            ? Inspections.Wanted.ofEmpty(candidate)
                            : Inspections.Wanted.of(candidate));
        }
        return late(known.get(), partition);
    }

    /** The waiver of a partition that was not registered since it was waived. */
    private Optional<Waived> waived(ObservedPartition observation) {
        Optional<Waived> given = Optional.ofNullable(waived.get(observation.canonical()));
        boolean isHealed = given.isPresent()
                && observation.registered().filter(given.get()::healedBy).isPresent();
        hasHealed |= isHealed;
        return given.filter(one -> !isHealed);
    }

    /** A waived partition is processed when its data has changed since. */
    private Optional<Inspections.Wanted> changed(Waived given, Partition partition) {
        return rules.lateData() == SelectionRules.LateData.NEVER
                ? Optional.empty()
                : Optional.of(Inspections.Wanted.changed(
                        new Candidate(partition, Reason.RETRIED), given.waiver().inventory()));
    }

    /** A calendar registers what is empty, and looks into nothing. */
    private boolean mayBeEmpty(PartitionValues canonical) {
        return rules.lateData() != SelectionRules.LateData.NEVER && empty.contains(canonical);
    }

    private Optional<Inspections.Wanted> late(RegisteredPartition known, Partition seen) {
        Candidate candidate = new Candidate(mapping.restated(seen, known.values()), Reason.LATE);
        Optional<Inspections.Wanted> compared = Inspections.Wanted.changed(candidate, known);
        boolean mayBeLate = rules.mayBeLate().test(known.values());
        return switch (rules.lateData()) {
            case NEVER -> Optional.empty();
            case FILLED -> compared.filter(Inspections.Wanted::wasEmpty);
            case COMPARABLE -> compared.filter(wanted -> mayBeLate || wanted.wasEmpty());
            case ALL ->
                compared.or(() -> Optional.of(Inspections.Wanted.of(candidate)))
                        .map(wanted -> wanted.registeredAt(mapping.uriOf(known)));
        };
    }

    /** What stands registered keeps its form: in another one the table would have it twice. */
    private Optional<Inspections.Wanted> takeUp(
            OutstandingFailure failure, Partition where, Optional<RegisteredPartition> known) {
        PartitionValues values = known.map(RegisteredPartition::values)
                .orElse(failure.partition().values());
        Partition partition = mapping.restated(where, values);
        if (rules.maxAttempts().filter(most -> failure.attempts() >= most).isPresent()) {
            settled.accept(partition.dataPrefix());
            account.setAside(
                    partition,
                    "failed " + Counted.of(failure.attempts(), "time") + ", at last with "
                            + failure.failure().error());
            return Optional.empty();
        }
        return Optional.of(Inspections.Wanted.of(new Candidate(partition, Reason.RETRIED)));
    }

    private void conclude(Inspections.Inspected inspected) {
        Candidate candidate = inspected.candidate();
        switch (inspected.verdict()) {
            case Inspections.Verdict.Ready ready -> candidates.add(candidate);
            case Inspections.Verdict.Unchanged same ->
                settled.accept(candidate.partition().dataPrefix());
            case Inspections.Verdict.Empty(String why) -> skip(candidate, SkipReason.EMPTY_FOLDER, why);
            case Inspections.Verdict.Gone gone ->
                skip(candidate, SkipReason.GONE, "what an event names was removed again");
            case Inspections.Verdict.LiesElsewhere(String other) -> {
                skips.add(Conflicts.of(candidate.partition().dataPrefix(), other));
                skips.add(Conflicts.of(other, candidate.partition().dataPrefix()));
            }
            case Inspections.Verdict.Waiting(String why) -> account.waits(candidate.partition(), why);
        }
    }

    private void skip(Candidate candidate, SkipReason reason, String why) {
        settled.accept(candidate.partition().dataPrefix());
        skips.add(new Skip(candidate.partition().dataPrefix(), reason, why));
    }
}
