package io.fanin.cli.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides the steps by which a table is taken over and given back. What registers its partitions now is known from the
 * table's parameters and from Glue's crawlers; of a statement, a job or a script Glue knows nothing.
 *
 * @param table as the catalog has it
 * @param spec proposed for it
 * @param crawlers those that work on the table, with all tables of its database on which each works; empty if they may
 *     not be read
 */
public record CutOverPlan(
        CatalogTable table, JsonNode spec, Optional<List<TableCrawler>> crawlers, ShellCommands commands) {

    /** What a crawler says in the parameters of each table that it has made or changed. */
    private static final String UPDATED_BY = "UPDATED_BY_CRAWLER";

    private static final Pattern LIMIT = Pattern.compile("projection\\.[^.]+\\.(?:range|values)");

    /** The steps. */
    public CutOver steps() {
        return new CutOver(name(), from(), parallel(), cutOver(), back());
    }

    private TableName name() {
        return table.name();
    }

    private List<TableCrawler> known() {
        return crawlers.orElse(List.of());
    }

    /** Whether neither Glue nor the table's parameters say what registers its partitions. */
    private boolean isFromElsewhere() {
        return known().isEmpty() && !table.isProjected();
    }

    private String from() {
        List<String> from = new ArrayList<>();
        known().forEach(crawler -> from.add("crawler " + crawler.name()));
        if (table.isProjected()) {
            from.add("partition projection");
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
        steps.add(CutOverStep.of("Keep the table's definition, for the way back.", definitionInto(file("before"))));
        known().stream()
                .filter(TableCrawler::updatesTables)
                .forEach(crawler -> steps.add(CutOverStep.of(
                        "Crawler " + crawler.name()
                                + " goes on registering partitions, and no longer writes tables that exist: it would"
                                + " take fanin.* from their parameters. Glue refuses this while it runs.",
                        policy(crawler.name(), crawler.schemaChangePolicyWithoutUpdates()))));
        if (table.isProjected() && !table.isRegisteredBesideProjection()) {
            steps.add(CutOverStep.of(
                    "Let runs register partitions beside projection. Athena ignores them until projection is off; other"
                            + " engines see them from the first run on.",
                    ShellCommands.edited(file("before"), registering(), file("parallel")),
                    update(file("parallel"))));
        }
        steps.add(CutOverStep.of(
                "The spec. A first run processes what is not registered; see what it would do before.",
                ShellCommands.into("printf '%s\\n' " + ShellWord.quoted(spec.toString()), name() + ".json"),
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
        known().forEach(crawler -> steps.add(stopping(crawler)));
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
                    "Switch projection off: from this request on queries see what is registered." + limits(),
                    definitionInto(file("projected")),
                    ShellCommands.edited(file("projected"), unprojecting(), file("registered")),
                    update(file("registered"))));
            steps.add(CutOverStep.of(
                    "Register what has arrived since the last run.", commands.fanin("run", name() + ".json")));
        }
        return steps;
    }

    private CutOverStep stopping(TableCrawler crawler) {
        if (crawler.tables().size() > 1) {
            return CutOverStep.of("Crawler " + crawler.name() + " works on "
                    + crawler.tables().stream().map(TableName::toString).collect(Collectors.joining(", "))
                    + ": leave it as it is until all of them are taken over. What it registers first counts as"
                    + " unverified.");
        }
        return crawler.schedule()
                .map(schedule -> CutOverStep.of(
                        "Stop the schedule of crawler " + crawler.name() + " (" + schedule + "). A crawl that is in"
                                + " progress may end.",
                        commands.aws("glue", "stop-crawler-schedule", "--crawler-name", crawler.name())))
                .orElseGet(() -> CutOverStep.of("Crawler " + crawler.name()
                        + " has no schedule: end what starts it, a trigger, a workflow or a person."));
    }

    /** Projection shows no partition outside its ranges. */
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
        known().forEach(crawler -> steps.addAll(restarting(crawler)));
        if (isFromElsewhere()) {
            steps.add(CutOverStep.of("Start the schedule of what registered its partitions before."));
        }
        ObjectNode disabled = spec.deepCopy();
        disabled.put("enabled", false);
        steps.add(CutOverStep.of(
                "Leave it out of runs of all tables. A run that is in progress may end.",
                ShellCommands.into("printf '%s\\n' " + ShellWord.quoted(disabled.toString()), file("disabled")),
                commands.fanin("apply", file("disabled"))));
        steps.add(CutOverStep.of(
                "The definition as it was, without fanin.*"
                        + (table.isProjected() ? " and with projection, so that queries see what it shows" : "")
                        + ". Columns that were added since are not in it: add them to the file first. Partitions stay"
                        + " registered.",
                update(file("before"))));
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

    private List<CutOverStep> restarting(TableCrawler crawler) {
        List<CutOverStep> steps = new ArrayList<>();
        if (crawler.updatesTables()) {
            steps.add(CutOverStep.of(
                    "Crawler " + crawler.name() + " writes tables again.",
                    policy(crawler.name(), crawler.schemaChangePolicy())));
        }
        if (crawler.tables().size() == 1 && crawler.schedule().isPresent()) {
            steps.add(CutOverStep.of(
                    "Start its schedule.",
                    commands.aws("glue", "start-crawler-schedule", "--crawler-name", crawler.name())));
        }
        return steps;
    }

    private boolean isHive() {
        return spec.path("layout")
                .asText(table.layout().orElse(TableDefinition.HIVE_LAYOUT))
                .equals(TableDefinition.HIVE_LAYOUT);
    }

    private String file(String kind) {
        return name() + "." + kind + ".json";
    }

    private String definitionInto(String file) {
        String fields = table.inputFields().stream()
                .map(field -> field + ":" + field)
                .collect(Collectors.joining(",", "Table.{", "}"));
        String command = commands.aws(
                "glue",
                "get-table",
                "--database-name",
                name().database(),
                "--name",
                name().table(),
                "--query",
                fields,
                "--output",
                "json");
        return ShellCommands.into(command, file);
    }

    private String update(String file) {
        return commands.aws(
                "glue", "update-table", "--database-name", name().database(), "--table-input", "file://" + file);
    }

    private String policy(String crawler, String policy) {
        return commands.aws("glue", "update-crawler", "--name", crawler, "--schema-change-policy", policy);
    }

    private static String registering() {
        return "s/\"" + ProjectedTable.ENABLED + "\": /\"" + FaninNames.PROJECTION + "\": \"" + FaninNames.REGISTER
                + "\", &/";
    }

    private static String unprojecting() {
        return "s/\"" + ProjectedTable.ENABLED + "\": \"[^\"]*\"/\"" + ProjectedTable.ENABLED + "\": \"false\"/";
    }
}
