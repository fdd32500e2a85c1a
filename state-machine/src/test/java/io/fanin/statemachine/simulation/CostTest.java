package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.retry.Backoff;
import io.fanin.fakes.Call;
import io.fanin.model.cost.CountedRuns;
import io.fanin.model.cost.MonthlyCost;
import io.fanin.model.cost.Prices;
import io.fanin.model.cost.TableRun;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Repository;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.notices.Notices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/cost.md contain the costs of counted runs of all tables at list prices; {@code -Dfanin.docs=write}
 * writes them.
 */
class CostTest {

    private static final Path PAGE = Repository.ROOT.resolve("docs").resolve("cost.md");
    private static final Path RUNS = Repository.ROOT
            .resolve("model/src/main/resources/io/fanin/model/cost")
            .resolve(CountedRuns.FILE);
    private static final String BEGIN = "<!-- counted -->\n";
    private static final String END = "<!-- /counted -->\n";

    private static final String GOOD = "{\"carrier\": \"AA\"}";
    private static final Map<String, String> SPEC =
            Map.of("fanin.detection", "{\"mode\": \"list\", \"lateData\": true}");
    private static final int TABLES = 50;

    /** The number of hours that are checked for late data. */
    private static final int REGISTERED_HOURS = 48;

    private static final LocalDateTime FIRST = LocalDateTime.parse("2026-11-17T00:00");
    private static final int SHOWN = 1_000;
    private static final int HOURS = 730;
    private static final int TEN_MINUTES = 6 * HOURS;

    /**
     * The seconds that a table adds to the invocation that looks at all of them: six or seven requests of about 30 ms,
     * for eight tables at a time.
     */
    private static final double LOOK = 0.025;

    /** Gigabytes of each function, as the template has them. */
    private static final Map<String, Double> MEMORY = Map.of(
            "DetectorArn",
            TableRun.FUNCTION_GIGABYTES,
            "ProcessorArn",
            1769 / 1024.0,
            "TableCreatorArn",
            TableRun.FUNCTION_GIGABYTES);

    /**
     * Tables in a stack with default parameters: events of runs go to a bus, so that the end of each execution is
     * reported.
     */
    private final Tables tables = new Tables(
            aws -> new Announcer(
                    List.of(new EventBus(() -> aws.events().client(), "default", new Backoff(pause -> {})))),
            any -> Notices.NONE);

    @Test
    void pageHasWhatCountedRunsCost() throws IOException {
        for (int i = 0; i < TABLES; i++) {
            tables.hourlyTable(name(i), SPEC);
            for (int hour = 0; hour < REGISTERED_HOURS; hour++) {
                hour(i, hour);
            }
        }
        run("first");
        tables.tellEnds();
        for (int i = 0; i < TABLES; i++) {
            hour(i, REGISTERED_HOURS);
        }
        TableRun news = run("news");
        TableRun nothing = run("nothing");
        for (int i = 0; i < TABLES / 50; i++) {
            hour(i, REGISTERED_HOURS + 1);
        }
        TableRun few = run("few");

        assertThat(month(news, HOURS))
                .as("dollars a month for 1,000 tables by the hour")
                .isLessThanOrEqualTo(400);
        assertThat(month(few, TEN_MINUTES))
                .as("dollars a month for 1,000 tables every ten minutes, of which few have news")
                .isLessThanOrEqualTo(200);
        CountedRuns runs = new CountedRuns(nothing, news, stackMetrics());
        String counted = BEGIN + counted(news, nothing, few) + END;
        if (System.getProperty("fanin.docs", "").equals("write")) {
            Files.writeString(PAGE, Files.readString(PAGE).replace(counted(), counted));
            Json.documents().writerWithDefaultPrettyPrinter().writeValue(RUNS.toFile(), runs);
        }
        assertThat(Json.input().readValue(RUNS.toFile(), CountedRuns.class)).isEqualTo(runs);
        assertThat(counted()).isEqualTo(counted);
    }

    /** The part of the page with counted costs. */
    private static String counted() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());
    }

    private static String counted(TableRun news, TableRun nothing, TableRun few) {
        StringBuilder text = new StringBuilder();
        text.append("List prices of ")
                .append(Prices.LIST.region())
                .append(", ")
                .append(Prices.LIST.date())
                .append(".\n\n");
        text.append(
                "| one hourly table in a run of all tables | S3 | Glue | state transitions | invocations | dollars for 1,000 |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (var row : List.of(Map.entry("one new partition", news), Map.entry("nothing new", nothing))) {
            TableRun run = row.getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.2f |%n",
                    row.getKey(),
                    requests(run, "S3"),
                    requests(run, "Glue"),
                    run.states(),
                    run.invocations(),
                    SHOWN * run.dollars()));
        }
        text.append(
                "\n| 1,000 hourly tables in a month | Step Functions | S3 | Glue | Lambda | metrics, events | dollars |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        text.append(row("every hour, one new partition each", news, HOURS));
        text.append(row("every hour, nothing new", nothing, HOURS));
        text.append(row("every ten minutes, 2 % of them with a new partition", few, TEN_MINUTES));
        return text.append('\n').toString();
    }

    private static double requests(TableRun run, String service) {
        return run.requests().entrySet().stream()
                .filter(request -> request.getKey().startsWith(service + " "))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static String row(String title, TableRun run, int runs) {
        double all = (double) runs * SHOWN;
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | **%,.0f** |%n",
                title,
                all * run.dollarsOfStates(),
                all * run.dollarsOf("S3"),
                all * run.dollarsOf("Glue"),
                all * run.dollarsOfLambda(),
                Prices.LIST.ofMetrics(CountedRuns.KNOWN.stackMetrics(), MonthlyCost.MONTH)
                        + all * run.dollarsOf("EventBridge"),
                month(run, runs));
    }

    private static double month(TableRun run, int runs) {
        return (double) runs * SHOWN * run.dollars()
                + Prices.LIST.ofMetrics(CountedRuns.KNOWN.stackMetrics(), MonthlyCost.MONTH);
    }

    private TableRun run(String name) {
        tables.invocations.clear();
        tables.run(name, "{}");
        Map<String, Double> requests = new TreeMap<>();
        tables.aws.log().calls().stream()
                .map(CostTest::request)
                .forEach(request -> requests.merge(request, 1.0, Double::sum));
        // Step Functions reads the manifests of the Maps.
        long maps = tables.invocations.stream()
                .filter(invocation -> invocation.function().equals("ProcessorArn"))
                .count();
        requests.merge("S3 GetObject", maps + 1.0, Double::sum);
        requests.replaceAll((request, count) -> count / TABLES);
        return new TableRun(
                requests,
                (double) tables.states() / TABLES,
                (double) tables.invocations.size() / TABLES,
                tables.invocations.stream()
                                        .mapToDouble(invocation ->
                                                MEMORY.get(invocation.function()) * TableRun.FUNCTION_SECONDS)
                                        .sum()
                                / TABLES
                        + MEMORY.get("DetectorArn") * LOOK);
    }

    /** The number of different metrics for all tables together that the runs have published. */
    private int stackMetrics() {
        return (int) tables.figures.stream()
                .map(CostTest::tree)
                .flatMap(line -> line.at("/_aws/CloudWatchMetrics").valueStream())
                .flatMap(directive -> directive.path("Metrics").valueStream())
                .map(metric -> metric.path("Name").textValue())
                .distinct()
                .count();
    }

    private static JsonNode tree(String line) {
        try {
            return Json.input().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static String request(Call call) {
        return switch (call.service()) {
            case "glue" -> "Glue " + call.operation();
            case "s3" -> "S3 " + call.operation();
            case "events" -> "EventBridge " + call.operation();
            default -> throw new AssertionError("without a price: " + call);
        };
    }

    private static String name(int table) {
        return "raw_" + table % 3 + ".t" + table;
    }

    private void hour(int table, int hour) {
        tables.hour(name(table), FIRST.plusHours(hour), GOOD);
    }
}
