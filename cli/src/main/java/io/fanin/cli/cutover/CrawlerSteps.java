package io.fanin.cli.cutover;

import io.fanin.core.catalog.client.TableCrawlers.TableCrawler;
import io.fanin.model.table.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps that take one table from a crawler, and give it back. Steps that were done before are not repeated; they
 * are mentioned, since the state before them is no longer known.
 *
 * @param takenOver the tables that runs have changed
 * @param notForRuns the tables that no run can take over, such as those without partition keys
 */
record CrawlerSteps(
        TableName table,
        TableCrawler crawler,
        Set<TableName> takenOver,
        Set<TableName> notForRuns,
        ShellCommands commands) {

    CutOverStep parallel() {
        if (!crawler.updatesTables()) {
            return CutOverStep.of(named() + " has UpdateBehavior LOG already: it goes on registering partitions, and"
                    + " does not write tables that exist.");
        }
        return CutOverStep.of(
                named() + " goes on registering partitions, and no longer writes tables that exist: it would"
                        + " take fanin.* from their parameters. Glue refuses this while it runs."
                        + (remaining().isEmpty()
                                ? ""
                                : " Nobody adds new columns to " + list(remaining()) + " from then on."),
                policy(crawler.schemaChangePolicyWithoutUpdates()));
    }

    /** Whether no other table needs the crawler, so that it can be stopped. */
    boolean canStop() {
        return remaining().isEmpty();
    }

    CutOverStep stop() {
        if (crawler.stoppedSchedule().isPresent()) {
            return CutOverStep.of(
                    named() + ": its schedule (" + crawler.stoppedSchedule().get() + ") is stopped already.");
        }
        String stop = crawler.schedule().isPresent() ? schedule("stop") : "end what starts it";
        if (!canStop()) {
            List<TableName> left = remaining();
            List<TableName> awaited =
                    left.stream().filter(other -> !notForRuns.contains(other)).toList();
            String others = " What it registers first counts as unverified. ";
            return awaited.isEmpty()
                    ? CutOverStep.of(named() + " works on " + list(left)
                            + ", too, which no run can take over: leave it as it is"
                            + " if somebody needs it for " + (left.size() == 1 ? "that" : "these") + "." + others
                            + "Otherwise: " + stop)
                    : CutOverStep.of(named() + " works on " + list(crawler.tables()) + ": leave it as it is until "
                            + list(awaited) + " " + (awaited.size() == 1 ? "is" : "are")
                            + " taken over, too (runs have written fanin.status)." + others
                            + "After the last of them: " + stop);
        }
        if (crawler.schedule().isEmpty()) {
            return CutOverStep.of(named() + " has no schedule: end what starts it, a trigger, a workflow or a person.");
        }
        String since = others().isEmpty()
                ? ""
                : ", since " + list(others()) + " " + (others().size() == 1 ? "is" : "are") + " taken over, too";
        return CutOverStep.of(
                "Stop the schedule of crawler " + crawler.name() + " ("
                        + crawler.schedule().get() + ")" + since + ". A crawl that is in progress may end.",
                unlessIs("NOT_SCHEDULED", stop));
    }

    List<CutOverStep> back() {
        List<CutOverStep> steps = new ArrayList<>();
        steps.add(writing());
        if (crawler.stoppedSchedule().isPresent()) {
            steps.add(
                    CutOverStep.of("Its schedule (" + crawler.stoppedSchedule().get()
                            + ") is stopped now. If it was not before the cut over: " + schedule("start")));
        } else if (crawler.schedule().isPresent()) {
            steps.add(
                    canStop()
                            ? CutOverStep.of("Start its schedule.", unlessIs("SCHEDULED", schedule("start")))
                            : CutOverStep.of("If its schedule has been stopped since: " + schedule("start")));
        }
        return steps;
    }

    private CutOverStep writing() {
        String command = policy(crawler.schemaChangePolicyWithUpdates());
        if (!others().isEmpty()) {
            return CutOverStep.of(named() + " registers partitions with UpdateBehavior LOG, too. With"
                    + " UpdateBehavior=UPDATE_IN_DATABASE it would remove fanin.* of " + list(others())
                    + ", so leave that as long as runs work on any of them. After the last of them"
                    + (crawler.updatesTables() ? ": " : ", if it was not LOG before the cut over: ") + command);
        }
        return crawler.updatesTables()
                ? CutOverStep.of(named() + " writes tables again.", command)
                : CutOverStep.of(
                        named() + " has UpdateBehavior LOG now. If it had another before the cut over: " + command);
    }

    private String named() {
        return "Crawler " + crawler.name();
    }

    private List<TableName> others() {
        return crawler.tables().stream().filter(other -> !other.equals(table)).toList();
    }

    private List<TableName> remaining() {
        return others().stream().filter(other -> !takenOver.contains(other)).toList();
    }

    private static String list(Collection<TableName> tables) {
        return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }

    private String policy(String policy) {
        return commands.aws("glue", "update-crawler", "--name", crawler.name(), "--schema-change-policy", policy);
    }

    /** Glue refuses to stop, or start, a schedule twice. */
    private String unlessIs(String state, String command) {
        return commands.aws(
                        "glue",
                        "get-crawler",
                        "--name",
                        crawler.name(),
                        "--query",
                        "Crawler.Schedule.State",
                        "--output",
                        "text")
                + " | grep -qx " + state + " || " + command;
    }

    private String schedule(String verb) {
        return commands.aws("glue", verb + "-crawler-schedule", "--crawler-name", crawler.name());
    }
}
