package io.fanin.pages.view;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunReport;
import io.fanin.model.text.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The partitions that failed for one reason. The largest group comes first.
 *
 * @param reason its error word
 * @param cause whose fault it is, such as {@code caused by the table spec}; empty if that is not known
 * @param count the number of partitions
 * @param remedy advice for users
 * @param first the first partitions, with messages
 * @param others the next partitions, without messages
 * @param left the number of partitions that are not listed; empty for none
 */
public record FailureGroup(
        String reason,
        String cause,
        String count,
        String remedy,
        List<Failed> first,
        List<Failed> others,
        String left) {

    /** The maximum number of reasons. */
    private static final int REASONS = 40;

    /** The maximum number of partitions of a reason with their messages. */
    private static final int IN_FULL = 20;

    /** The maximum size of the partitions in a page, in bytes. */
    private static final int BUDGET = 400_000;

    /** The approximate size of the markup of a partition, in bytes. */
    private static final int MARKUP = 90;

    private static final int MARKUP_OF_OTHERS = 30;

    public FailureGroup {
        first = List.copyOf(first);
        others = List.copyOf(others);
    }

    /**
     * A partition.
     *
     * @param tried the beginning and the number of its failures; empty if not known
     */
    public record Failed(String name, String tried, String message) {}

    /** An outstanding partition of a report or of a record. */
    private record Outstanding(
            String name, String error, String message, int attempts, Optional<Instant> since, boolean isSetAside) {

        Failed shown() {
            String attempted = attempts == 0 ? "" : "tried " + Counted.of(attempts, "time");
            return new Failed(
                    Texts.name(name),
                    since.map(moment -> "since " + Texts.time(moment)).orElse("")
                            + (since.isPresent() && attempts > 0 ? ", " : "")
                            + attempted
                            + (isSetAside ? ", set aside" : ""),
                    Failure.kept(message));
        }
    }

    static List<FailureGroup> of(RunReport report) {
        return grouped(report.failures().stream()
                .map(failure -> new Outstanding(
                        failure.partition(),
                        failure.cause().error(),
                        failure.cause().message(),
                        failure.attempts(),
                        failure.cause().since(),
                        failure.setAside()))
                .toList());
    }

    static List<FailureGroup> of(List<OutstandingFailure> failures, List<PartitionKey> keys) {
        return grouped(failures.stream()
                .map(failure -> new Outstanding(
                        failure.values().nameFor(keys),
                        failure.failure().error(),
                        failure.failure().message(),
                        failure.attempts(),
                        failure.since(),
                        false))
                .toList());
    }

    private static List<FailureGroup> grouped(List<Outstanding> failures) {
        Map<String, List<Outstanding>> byReason = new LinkedHashMap<>();
        failures.forEach(failure -> byReason.computeIfAbsent(failure.error(), any -> new ArrayList<>())
                .add(failure));
        List<List<Outstanding>> largestFirst = byReason.values().stream()
                .sorted(Comparator.comparingInt((List<Outstanding> group) -> -group.size()))
                .toList();
        List<FailureGroup> groups = new ArrayList<>();
        int budget = BUDGET;
        for (List<Outstanding> group : largestFirst.subList(0, Math.min(REASONS, largestFirst.size()))) {
            FailureGroup shown = of(group, budget);
            budget -= shown.bytes();
            groups.add(shown);
        }
        if (largestFirst.size() > REASONS) {
            groups.add(rest(largestFirst.subList(REASONS, largestFirst.size())));
        }
        return groups;
    }

    private static FailureGroup of(List<Outstanding> group, int budget) {
        List<Failed> first = new ArrayList<>();
        List<Failed> others = new ArrayList<>();
        int taken = 0;
        for (Outstanding failure : group) {
            Failed shown = failure.shown();
            boolean isInFull = first.size() < IN_FULL;
            Failed one = isInFull ? shown : new Failed(shown.name(), shown.tried(), "");
            taken += bytes(one, isInFull ? MARKUP : MARKUP_OF_OTHERS);
            if (taken > budget) {
                break;
            }
            (isInFull ? first : others).add(one);
        }
        int left = group.size() - first.size() - others.size();
        return new FailureGroup(
                Texts.name(group.getFirst().error()),
                FailureCode.find(group.getFirst().error())
                        .map(code -> "caused by " + code.origin().cause())
                        .orElse(""),
                Counted.of(group.size(), "partition"),
                FailureAdvice.of(group.getFirst().error()),
                first,
                others,
                left == 0 ? "" : "and " + Texts.count(left) + " more");
    }

    private static FailureGroup rest(List<List<Outstanding>> groups) {
        int partitions = groups.stream().mapToInt(List::size).sum();
        return new FailureGroup(
                Texts.count(groups.size()) + " other reasons",
                "",
                Counted.of(partitions, "partition"),
                StateKeys.REPORT + " names them all.",
                List.of(),
                List.of(),
                "");
    }

    private int bytes() {
        return first.stream().mapToInt(one -> bytes(one, MARKUP)).sum()
                + others.stream().mapToInt(one -> bytes(one, MARKUP_OF_OTHERS)).sum();
    }

    private static int bytes(Failed failed, int markup) {
        return Texts.bytes(failed.name()) + Texts.bytes(failed.tried()) + Texts.bytes(failed.message()) + markup;
    }
}
