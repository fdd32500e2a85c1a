package io.fanin.cli.table;

import io.fanin.cli.execution.Executions;
import io.fanin.core.record.TableRecord;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.partition.Periods;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.LatestPeriod;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The reasons why a partition was or was not processed, from the table's record and the detection of the last run that
 * changed it. Ignores later runs without work, although they may have seen more.
 *
 * @param run the name of that run's execution; empty if there was none
 * @param detection of that run; empty if there was none, or it has expired
 * @param vanished the first partitions whose data was gone at the last run
 * @param holder ARN of the execution that holds the table's lease
 */
record Reasons(
        List<PartitionKey> keys,
        TableRecord record,
        Instant now,
        Optional<String> run,
        Optional<DetectionReport> detection,
        List<PartitionLabel> vanished,
        Optional<String> holder) {

    /**
     * The reasons for one partition.
     *
     * @param prefixes of its data, as far as they are known
     * @param isSetAside whether scheduled runs leave it out
     */
    List<String> of(KnownPartition partition, Set<String> prefixes, boolean isSetAside) {
        EquivalentValues forms = new EquivalentValues(keys);
        Set<String> names = forms.all(partition.values()).stream()
                .map(values -> values.nameFor(keys))
                .collect(Collectors.toSet());
        List<String> reasons = new ArrayList<>();
        if (isSetAside) {
            reasons.add("Set aside: it failed so often that no scheduled run tries it again. Name it in a run of mode"
                    + " partitions, or redrive the run.");
        } else if (partition.outstanding().isPresent()) {
            reasons.add("The next run tries it again.");
        }
        PartitionValues canonical = forms.canonical(partition.values());
        if (record.empty().stream().map(forms::canonical).anyMatch(canonical::equals)) {
            reasons.add(
                    "Empty: its prefix held no data when it was processed last. It is processed again once there is some.");
        }
        vanished.stream()
                .filter(named -> names.contains(named.partition()))
                .findFirst()
                .ifPresent(named -> reasons.add("Vanished: its prefix held nothing when " + lastRun() + " looked"
                        + (named.detail().isEmpty() ? "" : "; " + named.detail()) + "."));
        if (run.isEmpty()) {
            reasons.add("No run of this stack has changed the table.");
        }
        detection.ifPresent(seen -> addSeen(seen, partition, names, prefixes, reasons));
        addFuture(partition.values(), reasons);
        holder.ifPresent(arn -> reasons.add("Execution " + Executions.name(arn) + " is working on the table."));
        return reasons;
    }

    private void addSeen(
            DetectionReport seen,
            KnownPartition partition,
            Set<String> names,
            Set<String> prefixes,
            List<String> reasons) {
        detail(seen.counts().waiting(), names)
                .ifPresent(why -> reasons.add("Waiting, as " + lastRun() + " saw it: " + why));
        seen.counts().skips().sample().stream()
                .filter(skip -> prefixes.contains(skip.prefix()))
                .forEach(skip ->
                        reasons.add("Skipped (" + skip.reason() + "), as " + lastRun() + " saw it: " + skip.detail()));
        Optional<LocalDateTime> begins = new PartitionTime(keys).of(partition.values());
        if (begins.isEmpty()) {
            return;
        }
        LocalDateTime begin = begins.get();
        Optional<Periods.Length> length = new Periods(keys).length();
        record.timeZone()
                .filter(zone ->
                        length.filter(unit -> zone.isSkipped(begin, unit)).isPresent())
                .ifPresent(zone -> reasons.add("Skipped by the clocks of " + zone
                        + ": it is never missing, and registered like any other if it has data."));
        seen.from()
                .map(LocalDateTime::parse)
                .filter(from -> begin.isBefore(from) && partition.outstanding().isEmpty())
                .ifPresent(from -> reasons.add("Outside the lookback window: " + lastRun() + " listed from " + from
                        + " on. " + lookingBeyond(partition)));
        if (length.filter(period -> !period.begin(begin).equals(begin)).isPresent()) {
            reasons.add("No period of the table begins then, each has " + length.orElseThrow()
                    + ": it is never missing, and registered like any other if it has data.");
        } else if (partition.registered().isEmpty()
                && seen.counts().missing().sample().stream()
                        .anyMatch(stretch -> !begin.isBefore(LocalDateTime.parse(stretch.first()))
                                && !begin.isAfter(LocalDateTime.parse(stretch.last())))) {
            reasons.add("Missing: " + lastRun() + " saw no prefix for this period.");
        }
    }

    /** The runs that process a partition outside the window, as a sentence. */
    private static String lookingBeyond(KnownPartition partition) {
        return partition.registered().isEmpty()
                ? "A run of mode range, full or partitions looks at it."
                : "A run of mode partitions that names it processes it again; of mode range or full, only with"
                        + " \"lateData\": true, and only if its objects have changed.";
    }

    private void addFuture(PartitionValues values, List<String> reasons) {
        LocalDateTime latest = LatestPeriod.at(now);
        new PartitionTime(keys)
                .of(values)
                .filter(latest::isBefore)
                .ifPresent(begin -> reasons.add("In the future: it is " + begin + " in no time zone yet."));
    }

    private String lastRun() {
        return "run " + run.orElseThrow();
    }

    private static Optional<String> detail(Tally tally, Set<String> names) {
        return tally.sample().stream()
                .filter(named -> names.contains(named.partition()))
                .map(named -> named.detail().isEmpty() ? "not ready" : named.detail())
                .findFirst();
    }
}
