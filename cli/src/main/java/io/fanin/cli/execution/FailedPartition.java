package io.fanin.cli.execution;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An outstanding partition, for people and programs.
 *
 * @param partition as Hive and Glue print it
 * @param setAside whether scheduled runs leave it out
 * @param registered whether it was registered when it failed, in which case readers see its earlier data, or the data
 *     that failed
 * @param laterRun the later run with another spec in which it failed; redrives of this run then skip it. Absent if
 *     there is none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FailedPartition(
        String partition,
        String prefix,
        String error,
        String message,
        int attempts,
        boolean setAside,
        boolean registered,
        Optional<RunId> laterRun) {

    private static final int SHOWN_REASONS = 10;

    /** A failure in a run's report. */
    public static FailedPartition of(RunReport.Outstanding failure) {
        return new FailedPartition(
                failure.partition(),
                failure.prefix(),
                failure.cause().error(),
                failure.cause().message(),
                failure.attempts(),
                failure.setAside(),
                failure.standing().exists(),
                failure.cause().laterRun());
    }

    /** The failures in a table's record. */
    public static List<FailedPartition> of(TableRecord record, List<PartitionKey> keys) {
        return record.outstanding().stream()
                .map(failure -> of(failure, record, keys))
                .toList();
    }

    /** A failure in a table's record. */
    public static FailedPartition of(OutstandingFailure failure, TableRecord record, List<PartitionKey> keys) {
        return new FailedPartition(
                failure.values().nameFor(keys),
                failure.partition().prefix(),
                failure.failure().error(),
                failure.failure().message(),
                failure.attempts(),
                record.isSetAside(failure),
                failure.standing().exists(),
                Optional.empty());
    }

    /** The first reasons with some of their partitions, and the advice for each error once. */
    public static List<String> lines(List<FailedPartition> failures) {
        Map<String, List<FailedPartition>> byReason = failures.stream()
                .collect(Collectors.groupingBy(FailedPartition::reason, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        Set<String> advised = new HashSet<>();
        byReason.entrySet().stream().limit(SHOWN_REASONS).forEach(entry -> {
            List<FailedPartition> alike = entry.getValue();
            String error = alike.getFirst().error;
            AlikeFailures.add(
                    alike.stream().map(FailedPartition::line).toList(),
                    entry.getKey(),
                    advised.add(error) ? List.of(FailureAdvice.of(error)) : List.of(),
                    lines);
        });
        AlikeFailures.addMore(
                byReason.values().stream()
                        .skip(SHOWN_REASONS)
                        .mapToInt(List::size)
                        .sum(),
                lines);
        return lines;
    }

    private String reason() {
        return LogSafe.of(error + ": " + message);
    }

    private String line() {
        List<String> remarks = new ArrayList<>();
        if (attempts > 1 || setAside) {
            remarks.add("tried " + Counted.of(attempts, "time"));
        }
        if (setAside) {
            remarks.add("set aside");
        }
        if (registered) {
            remarks.add("registered when it failed");
        }
        laterRun.map(RunReport.Outstanding::leftTo).ifPresent(remarks::add);
        return "  " + LogSafe.of(partition) + (remarks.isEmpty() ? "" : " (" + String.join(", ", remarks) + ")");
    }
}
