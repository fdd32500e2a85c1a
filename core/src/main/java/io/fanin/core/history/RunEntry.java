package io.fanin.core.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import io.fanin.model.table.TableProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run in a table's {@link TableHistory}: the figures of its report that outlive its folder.
 *
 * @param execution the execution's ARN
 * @param pass the last that has ended
 * @param begun when the execution was started; empty if not known
 * @param ended when the last pass had ended
 * @param status the table's status then
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RunEntry(
        RunId run,
        Optional<String> execution,
        int pass,
        Optional<Instant> begun,
        Instant ended,
        TableStatus status,
        @JsonUnwrapped RunCounts counts,
        @JsonUnwrapped Detail detail) {

    /**
     * Further results of the run's last pass.
     *
     * @param processed the number of partitions that it processed
     * @param reasons the number of the table's outstanding partitions, by the error word of their failures
     * @param held whether its execution waited for a redrive; empty if not known
     * @param hintsAtSpec whether {@link RunReport#hintsAtSpec}; empty for no
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Detail(
            long processed,
            OptionalLong millisPerPartition,
            @JsonUnwrapped TableProgress progress,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> reasons,
            Optional<Boolean> held,
            Optional<Boolean> hintsAtSpec) {

        /** Fields missing from a document have their defaults. */
        public Detail {
            reasons = reasons == null ? Map.of() : reasons;
        }
    }

    /**
     * The entry of a pass.
     *
     * @param processed the number of partitions that it processed
     * @param held whether its execution waits for a redrive
     */
    public static RunEntry of(RunReport report, Instant ended, long processed, boolean held) {
        return new RunEntry(
                report.header().run(),
                report.header().execution(),
                report.header().pass(),
                report.header().begun(),
                ended,
                report.status(),
                report.counts(),
                new Detail(
                        processed,
                        report.details().millisPerPartition(),
                        report.progress(),
                        report.failures().stream()
                                .collect(Collectors.groupingBy(
                                        failure -> failure.cause().error(), TreeMap::new, Collectors.counting())),
                        Optional.of(held),
                        report.hintsAtSpec() ? Optional.of(true) : Optional.empty()));
    }

    /**
     * The duration of the run; empty if its start is not known, or if it was redriven: until then it waited for people.
     */
    public Optional<Duration> took() {
        return begun.filter(start -> pass == 0)
                .map(start -> Duration.between(start, ended))
                .filter(length -> !length.isNegative());
    }
}
