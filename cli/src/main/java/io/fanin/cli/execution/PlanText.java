package io.fanin.cli.execution;

import io.fanin.cli.console.Grid;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Describes a plan: the partitions that would be processed, with reasons, those that are left out, and the cost. */
public final class PlanText {

    /** The maximum number of partitions for each reason. */
    private static final int SHOWN_PARTITIONS = 10;

    /** The number of partitions above which a run may exceed its functions' time, or their memory if many fail. */
    private static final int PARTITIONS_OF_A_RUN = 50_000;

    private static final Map<Reason, String> REASONS = new EnumMap<>(Map.of(
            Reason.NEW, "new",
            Reason.LATE, "registered, changed since",
            Reason.RETRIED, "failed or waived before",
            Reason.AGAIN, "registered, named to be processed again",
            Reason.UNVERIFIED, "registered by another tool, never verified"));

    private PlanText() {}

    public static List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(plan));
        if (plan.partitions() > PARTITIONS_OF_A_RUN) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Take at most %,d in a run, with the detection range, or some 10,000 named in partitions: more may not be registered in time, and"
                            + " if all of them fail, memory may not hold their failures.",
                    PARTITIONS_OF_A_RUN));
        }
        List<List<String>> rows = rows(plan.detection().counts().pending());
        if (!rows.isEmpty()) {
            Grid partitions = Grid.titled(List.of("why", "partition", "prefix"));
            rows.forEach(partitions::row);
            lines.addAll(partitions.lines());
        }
        lines.addAll(DetectionText.lines(DetectionSummary.of(plan.detection().counts())));
        lines.addAll(costs(plan).lines());
        return lines;
    }

    static String headline(Plan plan) {
        DetectionReport detection = plan.detection();
        DetectionCounts seen = detection.counts();
        String looked = seen.found() == 0
                ? ""
                : " (" + seen.found() + " found"
                        + detection.from().map(from -> " from " + from + " on").orElse("")
                        + ", " + seen.registered() + " of them registered)";
        return LogSafe.of(plan.table() + ": " + outcome(plan) + looked + ".");
    }

    private static String outcome(Plan plan) {
        String work =
                Counted.of(plan.partitions(), "partition") + " in " + Counted.of(plan.batches(), "batch", "batches");
        return switch (plan.next()) {
            case PROCESS -> work + " would be processed";
            case PROCESS_BY_JOB -> work + " would be processed by a Glue job";
            case REGISTER -> "nothing to process; the table's parameters would be corrected";
            case NOTHING_NEW ->
                plan.detection().counts().found() == 0
                        ? "nothing new, and " + DetectionSummary.NOTHING_FOUND
                        : "nothing new: nothing would be processed";
            case PARTIAL -> "nothing new, and the table stays partial: nothing would be processed";
            case CHECK, CHECK_PLAN, PLANNED, BUSY -> plan.next().name();
        };
    }

    /** Reason, partition and prefix of the first partitions for each reason, and the number of the others. */
    static List<List<String>> rows(DetectionCounts.Pending pending) {
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(pending.reasons()).forEach((reason, count) -> {
            List<Plan.Planned> named = pending.sample().stream()
                    .filter(planned -> planned.reason() == reason)
                    .limit(SHOWN_PARTITIONS)
                    .toList();
            String title = REASONS.get(reason) + " (" + count + ")";
            for (Plan.Planned planned : named) {
                rows.add(List.of(planned.equals(named.getFirst()) ? title : "", planned.partition(), planned.prefix()));
            }
            if (count > named.size()) {
                rows.add(List.of(named.isEmpty() ? title : "", "and " + (count - named.size()) + " more", ""));
            }
        });
        return rows;
    }

    private static Grid costs(Plan plan) {
        Grid grid = Grid.titled(List.of("cost", ""));
        new TreeMap<>(plan.cost().requests())
                .forEach((operation, count) ->
                        grid.row(operation + " requests, made by this plan", String.valueOf(count)));
        grid.row(
                "state transitions of the run, estimated",
                String.valueOf(plan.cost().stateTransitions()));
        plan.cost()
                .processorMillis()
                .ifPresent(millis -> grid.row(
                        "time of the processors, at the last run's pace",
                        String.format(Locale.ROOT, "%.1f s", millis / 1000.0)));
        return grid;
    }
}
