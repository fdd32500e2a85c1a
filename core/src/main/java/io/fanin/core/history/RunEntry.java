package io.fanin.core.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.run.RunCounts;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.run.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run as a table's history remembers it.
 *
 * @param execution the execution's ARN
 * @param pass the last that has ended
 * @param begun when the execution was started; empty if that is not known
 * @param ended when the last pass had ended
 * @param status the table's, then
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
     * Further results of its last pass.
     *
     * @param processed partitions that it processed
     * @param reasons how many partitions of the table are outstanding, by the word for their failure
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Detail(
            long processed,
            OptionalLong millisPerPartition,
            Optional<String> completeThrough,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> reasons) {

        /** Fields that a document leaves out have their defaults. */
        public Detail {
            reasons = reasons == null ? Map.of() : reasons;
        }
    }

    /**
     * The entry of a pass.
     *
     * @param processed partitions that it processed
     */
    public static RunEntry of(RunReport report, Instant ended, long processed) {
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
                        report.completeThrough(),
                        report.failures().stream()
                                .collect(Collectors.groupingBy(
                                        failure -> failure.cause().error(), TreeMap::new, Collectors.counting()))));
    }

    /** How long it took; empty if it is not known when it began. */
    public Optional<Duration> took() {
        return begun.map(start -> Duration.between(start, ended)).filter(length -> !length.isNegative());
    }
}
