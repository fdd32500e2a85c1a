package io.fanin.cli.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.console.TerminalLine;
import io.fanin.core.catalog.client.TableCrawlers.TableCrawler;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.layout.ProjectedTable;
import io.fanin.model.names.FaninNames;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.model.text.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Plans the steps by which a table is taken over and given back. The tool that registers its partitions now is found in
 * the table's parameters and in Glue's crawlers; Glue has no information about statements, jobs or scripts.
 *
 * @param table as the catalog has it
 * @param spec proposed for it
 * @param crawlers the crawlers of the table, each with all its tables of the database; absent if they may not be read
 * @param takenOver the tables of its database that runs have changed
 * @param notForRuns those that no run can take over
 */
public record CutOverPlan(
        CatalogTable table,
        JsonNode spec,
        Optional<List<TableCrawler>> crawlers,
        Set<TableName> takenOver,
        Set<TableName> notForRuns,
        ShellCommands commands) {

    /** The parameter that a crawler writes to each table that it creates or changes. */
    private static final String UPDATED_BY = "UPDATED_BY_CRAWLER";

    private static final String CHANGED_MEANWHILE =
            " If Glue refuses the last of these commands, a run has changed the table meanwhile: type all of them again.";

    private static final Pattern LIMIT = Pattern.compile("projection\\.[^.]+\\.(?:range|values)");

    public CutOver steps() {
        return new CutOver(name(), from(), notes(), parallel(), cutOver(), back());
    }

    private TableName name() {
        return table.name();
    }

    private List<TableCrawler> known() {
        return crawlers.orElse(List.of());
    }

    private List<CrawlerSteps> crawlerSteps() {
        return known().stream()
                .map(crawler -> new CrawlerSteps(name(), crawler, takenOver, notForRuns, commands))
                .toList();
    }

    private DefinitionFiles files() {
        return new DefinitionFiles(table, commands);
    }

    /** Whether neither Glue nor the table's parameters name the tool that registers its partitions. */
    private boolean isFromElsewhere() {
        return known().isEmpty() && !table.isProjected() && !wasProjected();
    }

    /** Whether projection is off, and was on when runs began to register partitions. */
    private boolean wasProjected() {
        return !table.isProjected()
                && table.parameters().containsKey(ProjectedTable.ENABLED)
                && table.parameters().containsKey(FaninNames.PROJECTION);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (takenOver.contains(name()) || table.parameters().containsKey(FaninNames.PROJECTION)) {
            notes.add("Steps of this have been done before: the table has fanin.* parameters. How it was before the"
                    + " first of them is known only to the printout from then, by which you go back, and to the file "
                    + files().file(DefinitionFiles.BEFORE) + " from then.");
        }
        if (!table.isProjected() && table.parameters().containsKey(ProjectedTable.ENABLED)) {
            notes.add("Partition projection is off"
                    + (wasProjected() ? " already." : ". Whether it was on before is not known here."));
        }
        return notes;
    }

    private String from() {
        List<String> from = new ArrayList<>();
        known().forEach(crawler -> from.add("crawler " + crawler.name()));
        if (table.isProjected()) {
            from.add("partition projection");
        } else if (wasProjected()) {
            from.add("partition projection (off already)");
        }
        if (crawlers.isEmpty()) {
            from.add("the crawlers that work on it (not known, since glue:GetCrawlers is not allowed"
                    + Optional.ofNullable(table.parameters().get(UPDATED_BY))
                            .map(crawler -> "; the last one was " + crawler)
                            .orElse("")
                    + ")");
        }
        return from.isEmpty() ? "MSCK REPAIR TABLE, a job, a function or a script" : String.join(" and ", from);
    }

    private List<CutOverStep> parallel() {
        List<CutOverStep> steps = new ArrayList<>();
        steps.add(CutOverStep.of(
                "Keep the table's definition without fanin.*, to compare with it when you go back. A file that exists"
                        + " is kept: delete it if the table has been given back since.",
                files().keep()));
        crawlerSteps().forEach(crawler -> steps.add(crawler.parallel()));
        if (table.isProjected()) {
            steps.add(CutOverStep.of(
                    "Let runs register partitions beside projection"
                            + (table.isRegisteredBesideProjection() ? ", which they may already" : "")
                            + ". Athena ignores them until projection is off; other engines see them from the first"
                            + " run on." + CHANGED_MEANWHILE,
                    files().register()));
        }
        steps.add(CutOverStep.of(
                "The spec. A file that exists is kept, such as one that has been edited since it was proposed. A first run"
                        + " processes what is not registered; see what it would do before.",
                ShellCommands.unless(
                        name() + ".json",
                        ShellCommands.into(
                                "printf '%s\\n' " + ShellWord.quoted(TerminalLine.json(spec.toString())),
                                name() + ".json")),
                commands.fanin("plan", name() + ".json"),
                commands.fanin("run", name() + ".json"),
                commands.fanin("status", name().toString())));
        steps.add(CutOverStep.of(
                "Run it with all other tables, on the stack's schedule (needs the stack's parameter SpecsLocation)."
                        + " Whoever comes first registers a partition, and the other leaves it"
                        + (isFromElsewhere() ? ": a script needs ADD IF NOT EXISTS for that." : "."),
                commands.fanin("apply", name() + ".json")));
        return steps;
    }

    private List<CutOverStep> cutOver() {
        List<CutOverStep> steps = new ArrayList<>();
        crawlerSteps().stream().filter(CrawlerSteps::canStop).forEach(crawler -> steps.add(crawler.stop()));
        if (isFromElsewhere()) {
            steps.add(CutOverStep.of("End the schedule of what registers its partitions now, where that schedule is."));
        }
        steps.add(CutOverStep.of(
                "Both have to succeed: a partition that is outstanding is not registered"
                        + (table.isProjected() ? ", and queries would no longer find it." : "."),
                commands.fanin("run", name() + ".json"),
                commands.fanin("status", name().toString())));
        if (table.isProjected()) {
            steps.add(CutOverStep.of(
                    "Nor would queries find what waits, is skipped or is in conflict. Look whether there is"
                            + " any before you go on: " + commands.fanin("plan", name() + ".json")));
            steps.add(CutOverStep.of(
                    "Switch projection off: from this request on queries see what is registered." + limits()
                            + CHANGED_MEANWHILE,
                    files().unproject()));
            steps.add(CutOverStep.of(
                    "Register what has arrived since the last run.", commands.fanin("run", name() + ".json")));
        }
        crawlerSteps().stream().filter(crawler -> !crawler.canStop()).forEach(crawler -> steps.add(crawler.stop()));
        return steps;
    }

    /** A note on projection, which shows no partition outside its ranges. */
    private String limits() {
        String limits = new TreeMap<>(table.parameters())
                .entrySet().stream()
                        .filter(parameter -> LIMIT.matcher(parameter.getKey()).matches())
                        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                        .collect(Collectors.joining("; "));
        return limits.isEmpty() ? "" : " They have seen no more than " + limits + ".";
    }

    private List<CutOverStep> back() {
        List<CutOverStep> steps = new ArrayList<>();
        if (wasProjected()) {
            steps.add(CutOverStep.of(
                    "The definition that was kept has to be that from before projection was switched off: this fails"
                            + " if it is not.",
                    files().requireProjection(DefinitionFiles.BEFORE)));
        }
        crawlerSteps().forEach(crawler -> steps.addAll(crawler.back()));
        if (isFromElsewhere()) {
            steps.add(CutOverStep.of("Start the schedule of what registered its partitions before."));
        }
        steps.add(CutOverStep.of(
                "Leave it out of runs of all tables. A run that is in progress may end. A stack without SpecsLocation"
                        + " refuses this: there, pass over this command, and set the table's parameter "
                        + FaninNames.ENABLED + " to false after the next step.",
                commands.fanin("apply", "--disabled", name() + ".json")));
        boolean isProjectedAgain = table.isProjected() || wasProjected();
        steps.add(CutOverStep.of(
                "Take fanin.* out of the definition"
                        + (isProjectedAgain
                                ? ", and switch projection on, so that queries see what it shows: grep fails if "
                                        + ProjectedTable.ENABLED + " is gone: set it to true first"
                                : "")
                        + ". What else has been changed since stays, such as columns: "
                        + files().file(DefinitionFiles.BEFORE) + " has what there was. Partitions stay registered."
                        + CHANGED_MEANWHILE,
                files().giveBack(isProjectedAgain)));
        known().forEach(crawler -> steps.add(CutOverStep.of(
                "Let crawler " + crawler.name() + " register what has arrived meanwhile.",
                commands.aws("glue", "start-crawler", "--name", crawler.name()))));
        if (isFromElsewhere() && isHive()) {
            steps.add(CutOverStep.of(
                    "Register what has arrived meanwhile. A work group without a location for results needs"
                            + " --result-configuration OutputLocation=s3://BUCKET/PREFIX/, too.",
                    commands.aws(
                            "athena",
                            "start-query-execution",
                            "--query-string",
                            "MSCK REPAIR TABLE `" + name().database() + "`.`" + name().table() + "`")));
        }
        return steps;
    }

    private boolean isHive() {
        return spec.path("layout")
                .asText(table.layout().orElse(TableDefinition.HIVE_LAYOUT))
                .equals(TableDefinition.HIVE_LAYOUT);
    }
}
