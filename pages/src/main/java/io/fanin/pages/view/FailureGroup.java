package io.fanin.pages.view;

import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.failure.FailureAdvice;
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
 * The partitions that failed for one reason: the largest group first.
 *
 * @param reason the word for it
 * @param count how many partitions
 * @param remedy what to do about it
 * @param first the first of them in full
 * @param others the next ones, without messages
 * @param left how many are not named; empty for none
 */
public record FailureGroup(
        String reason, String count, String remedy, List<Failed> first, List<Failed> others, String left) {

    /** How many reasons are shown. */
    private static final int REASONS = 40;

    /** How many partitions of a reason are shown with their messages. */
    private static final int IN_FULL = 20;

    /** Bytes of a page that the partitions take. */
    private static final int BUDGET = 400_000;

    /** About as many bytes as the page has around a partition. */
    private static final int MARKUP = 90;

    private static final int MARKUP_OF_OTHERS = 30;

    public FailureGroup {
        first = List.copyOf(first);
        others = List.copyOf(others);
    }

    /**
     * A partition.
     *
     * @param tried since when and how often; empty if that is not known
     */
    public record Failed(String name, String tried, String message) {}

    /** A partition that failed, wherever that is written. */
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
