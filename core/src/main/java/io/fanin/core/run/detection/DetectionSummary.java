package io.fanin.core.run.detection;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fanin.core.layout.Skip;
import io.fanin.core.layout.SkipReason;
import io.fanin.core.run.Named;
import io.fanin.core.text.LogSafe;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A detection's findings, small enough for the state of an execution, which also has to hold the receipts: counts, and
 * the first of each kind by name.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
    "reasons",
    "sample",
    "found",
    "waiting",
    "waitingSample",
    "setAside",
    "setAsideSample",
    "missing",
    "missingSample",
    "vanished",
    "vanishedSample",
    "vanishedKept",
    "newColumns",
    "unfit",
    "skipped",
    "skippedReasons",
    "skippedSample"
})
public record DetectionSummary(@JsonIgnore DetectionCounts counts) {

    private static final int SAMPLE = 5;
    private static final int SKIPPED_SAMPLE = 10;

    /** A key has up to 1,024 bytes. */
    private static final int MAX_TEXT = 150;

    @JsonProperty
    @JsonInclude
    public Map<Reason, Long> reasons() {
        return counts.pending().reasons();
    }

    @JsonProperty
    public List<String> sample() {
        Map<Reason, Integer> taken = new EnumMap<>(Reason.class);
        return counts.pending().sample().stream()
                .filter(planned -> taken.merge(planned.reason(), 1, Integer::sum) <= SAMPLE)
                .map(planned -> planned.reason() + " " + LogSafe.beginning(planned.partition(), MAX_TEXT))
                .toList();
    }

    @JsonProperty
    public long found() {
        return counts.found();
    }

    @JsonProperty
    public long waiting() {
        return counts.waiting().count();
    }

    @JsonProperty
    public List<String> waitingSample() {
        return names(counts.waiting().sample());
    }

    @JsonProperty
    public long setAside() {
        return counts.setAside().count();
    }

    @JsonProperty
    public List<String> setAsideSample() {
        return names(counts.setAside().sample());
    }

    @JsonProperty
    public long missing() {
        return counts.missing().count();
    }

    @JsonProperty
    public List<String> missingSample() {
        return counts.missing().sample().stream()
                .limit(SAMPLE)
                .map(DetectionSummary::shown)
                .toList();
    }

    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public long vanished() {
        return seen().count();
    }

    @JsonProperty
    public List<String> vanishedSample() {
        return names(seen().sample());
    }

    /** Why none of them is deregistered although the spec requires it. */
    @JsonProperty
    public Optional<String> vanishedKept() {
        return seen().kept();
    }

    /** The columns that the run adds to the table. */
    @JsonProperty
    public List<String> newColumns() {
        List<String> columns = counts.changes().newColumns().stream()
                .map(column -> LogSafe.beginning(column.name() + " " + column.type(), MAX_TEXT))
                .limit(SAMPLE)
                .toList();
        int more = counts.changes().newColumns().size() - columns.size();
        return more == 0
                ? columns
                : Stream.concat(columns.stream(), Stream.of("and " + more + " more"))
                        .toList();
    }

    private Vanished seen() {
        return counts.changes().vanished().orElse(Vanished.NONE);
    }

    /** The names that do not fit the layout. */
    @JsonProperty
    public Optional<UnfitNames> unfit() {
        return UnfitNames.of(counts);
    }

    @JsonProperty
    public long skipped() {
        return counts.skips().total();
    }

    @JsonProperty
    public Map<SkipReason, Long> skippedReasons() {
        return counts.skips().reasons();
    }

    @JsonProperty
    public List<Skip> skippedSample() {
        return counts.skips().sample().stream()
                .sorted(Comparator.comparing(skip -> !skip.reason().isUnfit()))
                .limit(SKIPPED_SAMPLE)
                .map(DetectionSummary::shortened)
                .toList();
    }

    private static List<String> names(List<Named> sample) {
        return sample.stream()
                .limit(SAMPLE)
                .map(named -> LogSafe.beginning(named.partition(), MAX_TEXT)
                        + (named.detail().isEmpty() ? "" : ": " + LogSafe.beginning(named.detail(), MAX_TEXT)))
                .toList();
    }

    private static String shown(MissingPeriods.Stretch stretch) {
        return stretch.count() == 1 ? stretch.first() : stretch.first() + " to " + stretch.last();
    }

    private static Skip shortened(Skip skip) {
        return new Skip(
                LogSafe.beginning(skip.prefix(), MAX_TEXT), skip.reason(), LogSafe.beginning(skip.detail(), MAX_TEXT));
    }
}
