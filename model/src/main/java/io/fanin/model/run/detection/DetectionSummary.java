package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.table.Column;
import io.fanin.model.text.LogSafe;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A detection's findings in a size for the state of an execution, which also has to hold the receipts: counts, and the
 * first partitions of each kind by name, each name shortened.
 *
 * @param reasons the number of partitions to process, by reason
 * @param sample the first of them, each after its reason
 * @param found prefixes that are partitions
 * @param waiting partitions that are not ready to be processed
 * @param setAside partitions that failed too often to be tried again without being named
 * @param missing periods without a prefix
 * @param missingSample the first unbroken stretches of them
 * @param vanished registered partitions whose data is gone
 * @param vanishedKept the reason why none of them is deregistered although the spec requires it
 * @param newColumns the columns that the run adds to the table, each with its type
 * @param unfit the names that do not fit the layout
 * @param skipped names that are not partitions
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"reasons", "sample", "found"})
public record DetectionSummary(
        @JsonInclude(JsonInclude.Include.ALWAYS) Map<Reason, Long> reasons,
        List<String> sample,
        long found,
        long waiting,
        List<String> waitingSample,
        long setAside,
        List<String> setAsideSample,
        long missing,
        List<String> missingSample,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long vanished,
        List<String> vanishedSample,
        Optional<String> vanishedKept,
        List<String> newColumns,
        Optional<UnfitNames> unfit,
        long skipped,
        Map<SkipReason, Long> skippedReasons,
        List<Skip> skippedSample) {

    /** The summary of a detection without findings. */
    public static final DetectionSummary NONE = of(DetectionReport.NONE.counts());

    /** The text, after a table's name, for a run without findings; how far it has looked depends on its mode. */
    public static final String NOTHING_FOUND =
            "no partition where this run has looked: if there should be some, check location,"
                    + " source.location and layout of its spec (with mode events a run looks at its inbox alone)";

    private static final int SAMPLE = 5;

    /** Of each reason: all of them together leave room for the receipts. */
    private static final int SAMPLE_OF_REASON = 4;

    private static final int SKIPPED_SAMPLE = 10;

    /** Shortens keys, which have up to 1,024 bytes. */
    private static final int MAX_TEXT = 150;

    public DetectionSummary {
        reasons = reasons == null ? Map.of() : reasons;
        sample = orNone(sample);
        waitingSample = orNone(waitingSample);
        setAsideSample = orNone(setAsideSample);
        missingSample = orNone(missingSample);
        vanishedSample = orNone(vanishedSample);
        newColumns = orNone(newColumns);
        skippedReasons = skippedReasons == null ? Map.of() : skippedReasons;
        skippedSample = orNone(skippedSample);
    }

    public static DetectionSummary of(DetectionCounts counts) {
        Vanished gone = counts.changes().vanished().orElse(Vanished.NONE);
        return new DetectionSummary(
                counts.pending().reasons(),
                pending(counts.pending().sample()),
                counts.found(),
                counts.waiting().count(),
                names(counts.waiting().sample()),
                counts.setAside().count(),
                names(counts.setAside().sample()),
                counts.missing().count(),
                counts.missing().sample().stream()
                        .limit(SAMPLE)
                        .map(MissingPeriods.Stretch::text)
                        .toList(),
                gone.count(),
                names(gone.sample()),
                gone.kept(),
                columns(counts.changes().newColumns()),
                UnfitNames.of(counts),
                counts.skips().total(),
                counts.skips().reasons(),
                skips(counts.skips().sample()));
    }

    /** Only the findings about names and partitions that are left out: they hold for all passes of the run. */
    public DetectionSummary leftOut() {
        return new DetectionSummary(
                NONE.reasons,
                NONE.sample,
                NONE.found,
                waiting,
                waitingSample,
                setAside,
                setAsideSample,
                missing,
                missingSample,
                NONE.vanished,
                NONE.vanishedSample,
                NONE.vanishedKept,
                NONE.newColumns,
                NONE.unfit,
                skipped,
                skippedReasons,
                skippedSample);
    }

    private static List<String> pending(List<Plan.Planned> sample) {
        Map<Reason, Integer> taken = new EnumMap<>(Reason.class);
        return sample.stream()
                .filter(planned -> taken.merge(planned.reason(), 1, Integer::sum) <= SAMPLE_OF_REASON)
                .map(planned -> planned.reason() + " " + LogSafe.beginning(planned.partition(), MAX_TEXT))
                .toList();
    }

    private static List<String> names(List<PartitionLabel> sample) {
        return sample.stream()
                .limit(SAMPLE)
                .map(named -> LogSafe.beginning(named.partition(), MAX_TEXT)
                        + (named.detail().isEmpty() ? "" : ": " + LogSafe.beginning(named.detail(), MAX_TEXT)))
                .toList();
    }

    private static List<String> columns(List<Column> added) {
        List<String> columns = added.stream()
                .map(column -> LogSafe.beginning(column.name() + " " + column.type(), MAX_TEXT))
                .limit(SAMPLE)
                .toList();
        int more = added.size() - columns.size();
        return more == 0
                ? columns
                : Stream.concat(columns.stream(), Stream.of("and " + more + " more"))
                        .toList();
    }

    private static List<Skip> skips(List<Skip> sample) {
        return sample.stream()
                .sorted(Comparator.comparing(skip -> !skip.reason().isUnfit()))
                .limit(SKIPPED_SAMPLE)
                .map(skip -> new Skip(
                        LogSafe.beginning(skip.prefix(), MAX_TEXT),
                        skip.reason(),
                        LogSafe.beginning(skip.detail(), MAX_TEXT)))
                .toList();
    }

    private static <T> List<T> orNone(List<T> sample) {
        return sample == null ? List.of() : sample;
    }
}
