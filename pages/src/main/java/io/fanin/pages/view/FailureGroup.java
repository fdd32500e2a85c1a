package io.fanin.pages.view;

import io.fanin.core.record.TableRecord;
import io.fanin.model.failure.FailureAdvice;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.names.StateKeys;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.text.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The partitions that failed for one reason. The largest group comes first.
 *
 * @param reason its error word
 * @param cause the kind of cause, such as {@code caused by the table spec}, or an empty string if it is not known
 * @param count the number of partitions
 * @param remedy advice for users
 * @param messages those of the first partitions, each once
 * @param others the next partitions, without messages
 * @param left the number of partitions that are not listed, or an empty string for none
 */
public record FailureGroup(
        String reason,
        String cause,
        String count,
        String remedy,
        List<Message> messages,
        List<Failed> others,
        String left) {

    /** The maximum number of reasons. */
    private static final int REASONS = 40;

    /** The maximum number of partitions of a reason that are listed under their messages. */
    private static final int IN_FULL = 20;

    /** The maximum size of the partitions in a page, in bytes. */
    private static final int BUDGET = 400_000;

    /** The approximate size of the markup of a partition, in bytes. */
    private static final int MARKUP = 90;

    private static final int MARKUP_OF_OTHERS = 30;

    /** A word with a slash or an equals sign, or a number. */
    private static final Pattern NAME_OR_NUMBER = Pattern.compile("[^\\s/=]*+[/=]\\S*+|(?<!\\S)\\d++(?!\\w)");

    public FailureGroup {
        messages = List.copyOf(messages);
        others = List.copyOf(others);
    }

    /**
     * A partition.
     *
     * @param tried the beginning and the number of its failures; empty if not known
     */
    public record Failed(String name, String tried) {}

    /**
     * A message, with the partitions that have it or one that differs only in names and numbers.
     *
     * @param text the message of the first
     */
    public record Message(String text, List<Failed> partitions) {

        public Message {
            partitions = List.copyOf(partitions);
        }

        public boolean isOfSeveral() {
            return partitions.size() > 1;
        }
    }

    /** An outstanding partition of a report or of a record. */
    private record Outstanding(
            String name,
            String error,
            String message,
            int attempts,
            Optional<Instant> since,
            boolean isSetAside,
            Optional<RunId> laterRun) {

        Failed shown() {
            String attempted = attempts == 0 ? "" : "tried " + Counted.of(attempts, "time");
            return new Failed(
                    Texts.name(name),
                    since.map(moment -> "since " + Texts.time(moment)).orElse("")
                            + (since.isPresent() && attempts > 0 ? ", " : "")
                            + attempted
                            + (isSetAside ? ", set aside" : "")
                            + laterRun.map(run -> ", " + RunReport.Outstanding.leftTo(run))
                                    .orElse(""));
        }

        /** The message without the words that name an object or a partition, and without numbers. */
        String sentence() {
            return NAME_OR_NUMBER.matcher(Failure.kept(message)).replaceAll("_");
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
                        failure.setAside(),
                        failure.cause().laterRun()))
                .toList());
    }

    static List<FailureGroup> of(TableRecord record, List<PartitionKey> keys) {
        return grouped(record.outstanding().stream()
                .map(failure -> new Outstanding(
                        failure.values().nameFor(keys),
                        failure.failure().error(),
                        failure.failure().message(),
                        failure.attempts(),
                        failure.since(),
                        record.isSetAside(failure),
                        Optional.empty()))
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
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, List<Failed>> listed = new LinkedHashMap<>();
        List<Failed> others = new ArrayList<>();
        int shown = 0;
        int taken = 0;
        for (Outstanding failure : group) {
            Failed failed = failure.shown();
            boolean isListed = shown < IN_FULL;
            String sentence = isListed ? failure.sentence() : "";
            String text = !isListed || texts.containsKey(sentence) ? "" : Failure.kept(failure.message());
            taken += bytes(failed, isListed ? MARKUP : MARKUP_OF_OTHERS) + Texts.bytes(text);
            if (taken > budget) {
                break;
            }
            shown++;
            if (isListed) {
                texts.putIfAbsent(sentence, text);
                listed.computeIfAbsent(sentence, any -> new ArrayList<>()).add(failed);
            } else {
                others.add(failed);
            }
        }
        int left = group.size() - shown;
        return new FailureGroup(
                Texts.name(group.getFirst().error()),
                FailureCode.find(group.getFirst().error())
                        .map(code -> "caused by " + code.origin().cause())
                        .orElse(""),
                Counted.of(group.size(), "partition"),
                FailureAdvice.of(group.getFirst().error()),
                texts.entrySet().stream()
                        .map(message -> new Message(message.getValue(), listed.get(message.getKey())))
                        .toList(),
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
        return messages.stream()
                        .mapToInt(message -> Texts.bytes(message.text())
                                + message.partitions().stream()
                                        .mapToInt(one -> bytes(one, MARKUP))
                                        .sum())
                        .sum()
                + others.stream().mapToInt(one -> bytes(one, MARKUP_OF_OTHERS)).sum();
    }

    private static int bytes(Failed failed, int markup) {
        return Texts.bytes(failed.name()) + Texts.bytes(failed.tried()) + markup;
    }
}
