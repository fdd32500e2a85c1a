package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.Call;
import io.fanin.model.cost.Prices;
import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables of docs/cost.md hold what counted runs of all tables cost at list prices; {@code -Dfanin.docs=write} writes them. */
class CostTest {

    private static final Path PAGE = Repository.ROOT.resolve("docs").resolve("cost.md");
    private static final String BEGIN = "<!-- counted -->\n";
    private static final String END = "<!-- /counted -->\n";

    private static final String GOOD = "{\"carrier\": \"AA\"}";
    private static final Map<String, String> SPEC =
            Map.of("fanin.detection", "{\"mode\": \"list\", \"lateData\": true}");
    private static final int TABLES = 100;
    private static final int SHOWN = 1_000;
    private static final int HOURS = 730;
    private static final int TEN_MINUTES = 6 * HOURS;
    private static final int METRICS = 9;

    /** What an invocation is taken to last, which is more than one that is warm does. */
    private static final double SECONDS = 1;

    /** What a table adds to the invocation that looks at all of them: six or seven requests of some 30 ms, eight tables at a time. */
    private static final double LOOK = 0.025;

    /** Gigabytes of each function, as the template has them. */
    private static final Map<String, Double> MEMORY =
            Map.of("DetectorArn", 1.0, "ProcessorArn", 1769 / 1024.0, "TableCreatorArn", 1.0);

    private final Tables tables = new Tables();

    /**
     * What one run of all tables takes, by table.
     *
     * @param requests to S3 and Glue, by service and operation
     */
    private record Run(Map<String, Double> requests, double states, double invocations, double gigabyteSeconds) {

        double dollars() {
            Prices prices = Prices.LIST;
            return ofRequests("S3") + ofRequests("Glue") + states * prices.stateTransition() + ofLambda();
        }

        double ofRequests(String service) {
            return requests.entrySet().stream()
                    .filter(request -> request.getKey().startsWith(service + " "))
                    .mapToDouble(request -> request.getValue() * Prices.LIST.ofRequests(Map.of(request.getKey(), 1L)))
                    .sum();
        }

        double ofLambda() {
            return invocations * Prices.LIST.lambdaRequest() + gigabyteSeconds * Prices.LIST.lambdaGigabyteSecond();
        }

        double count(String service) {
            return requests.entrySet().stream()
                    .filter(request -> request.getKey().startsWith(service + " "))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    @Test
    void pageHasWhatCountedRunsCost() throws IOException {
        for (int i = 0; i < TABLES; i++) {
            tables.table(name(i), SPEC);
            day(i, "2026-11-18");
        }
        run("first");
        for (int i = 0; i < TABLES; i++) {
            day(i, "2026-11-19");
        }
        Run news = run("news");
        Run nothing = run("nothing");
        for (int i = 0; i < TABLES / 50; i++) {
            day(i, "2026-11-20");
        }
        Run few = run("few");

        assertThat(month(news, HOURS))
                .as("dollars a month for 1,000 tables by the hour")
                .isLessThanOrEqualTo(350);
        assertThat(month(few, TEN_MINUTES))
                .as("dollars a month for 1,000 tables every ten minutes, of which few have news")
                .isLessThanOrEqualTo(150);
        String counted = BEGIN + counted(news, nothing, few) + END;
        if (System.getProperty("fanin.docs", "").equals("write")) {
            Files.writeString(PAGE, Files.readString(PAGE).replace(counted(), counted));
        }
        assertThat(counted()).isEqualTo(counted);
    }

    /** The part of the page that is counted. */
    private static String counted() throws IOException {
        String page = Files.readString(PAGE);
        return page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());
    }

    private static String counted(Run news, Run nothing, Run few) {
        StringBuilder text = new StringBuilder();
        text.append("List prices of ")
                .append(Prices.LIST.region())
                .append(", ")
                .append(Prices.LIST.date())
                .append(".\n\n");
        text.append("| one table in a run of all tables | S3 | Glue | states | invocations | dollars for 1,000 |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (var row : List.of(Map.entry("one new partition", news), Map.entry("nothing new", nothing))) {
            Run run = row.getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %.2f |%n",
                    row.getKey(),
                    run.count("S3"),
                    run.count("Glue"),
                    run.states(),
                    run.invocations(),
                    SHOWN * run.dollars()));
        }
        text.append("\n| 1,000 tables in a month | Step Functions | S3 | Glue | Lambda | metrics | dollars |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        text.append(row("every hour, one new partition each", news, HOURS));
        text.append(row("every hour, nothing new", nothing, HOURS));
        text.append(row("every ten minutes, 2 % of them with a new partition", few, TEN_MINUTES));
        return text.append('\n').toString();
    }

    private static String row(String title, Run run, int runs) {
        double all = (double) runs * SHOWN;
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | **%,.0f** |%n",
                title,
                all * run.states() * Prices.LIST.stateTransition(),
                all * run.ofRequests("S3"),
                all * run.ofRequests("Glue"),
                all * run.ofLambda(),
                METRICS * Prices.LIST.metricMonth(),
                month(run, runs));
    }

    private static double month(Run run, int runs) {
        return (double) runs * SHOWN * run.dollars() + METRICS * Prices.LIST.metricMonth();
    }

    private Run run(String name) {
        tables.invocations.clear();
        tables.run(name, "{}");
        Map<String, Double> requests = new TreeMap<>();
        tables.aws.log().calls().stream()
                .map(CostTest::request)
                .forEach(request -> requests.merge(request, 1.0 / TABLES, Double::sum));
        // Step Functions reads the manifests of the Maps.
        long maps = tables.invocations.stream()
                .filter(invocation -> invocation.function().equals("ProcessorArn"))
                .count();
        requests.merge("S3 GetObject", (maps + 1.0) / TABLES, Double::sum);
        return new Run(
                requests,
                (double) tables.states() / TABLES,
                (double) tables.invocations.size() / TABLES,
                tables.invocations.stream()
                                        .mapToDouble(invocation -> MEMORY.get(invocation.function()) * SECONDS)
                                        .sum()
                                / TABLES
                        + MEMORY.get("DetectorArn") * LOOK);
    }

    private static String request(Call call) {
        return (call.service().equals("glue") ? "Glue " : "S3 ") + call.operation();
    }

    private static String name(int table) {
        return "raw_" + table % 3 + ".t" + table;
    }

    private void day(int table, String day) {
        tables.day(name(table), day, GOOD);
    }
}
