package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.run.detection.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of a plan. */
class PlanTextTest {

    private static final Map<String, Object> NOTHING =
            Map.of("found", 0, "registered", 0, "skipped", Map.of(), "skippedSample", List.of());

    @Test
    void headlineSaysWhatWouldHappen() {
        assertThat(PlanText.headline(plan(Map.of())))
                .isEqualTo("analytics.flights: 13 partitions in 13 batches would be processed"
                        + " (20 found from 2013-02-06T23:00 on, 7 of them registered).");
        assertThat(PlanText.headline(plan(Map.of("partitions", 1, "batches", 1, "detection", NOTHING))))
                .isEqualTo("analytics.flights: 1 partition in 1 batch would be processed.");
        assertThat(PlanText.headline(plan(Map.of("next", "PROCESS_BY_JOB", "batches", 2))))
                .contains("13 partitions in 2 batches would be processed by a Glue job");
        assertThat(PlanText.headline(plan(Map.of("next", "NOTHING_NEW")))).contains("nothing new");
        assertThat(PlanText.headline(plan(Map.of("next", "REGISTER")))).contains("be corrected");
    }

    @Test
    void firstPartitionsOfEachReasonAreNamed() {
        List<List<String>> rows =
                PlanText.rows(plan(Map.of()).detection().counts().pending());

        assertThat(rows).hasSize(12);
        assertThat(rows.getFirst()).containsExactly("new (12)", "dt=2013-02-09/hour=0", "flights/0/");
        assertThat(rows.get(10)).containsExactly("", "and 2 more", "");
        assertThat(rows.get(11))
                .containsExactly(
                        "failed or waived before (1)", "dt=2013-02-08/hour=17", "flights/dt=2013-02-08/hour=17/");
    }

    @ParameterizedTest
    @CsvSource({"50000, false", "50001, true"})
    void runOfVeryManyPartitionsIsToBeCutIntoParts(int partitions, boolean isTooLarge) {
        String advice =
                "Take at most 50,000 in a run, with the detection range, or some 10,000 named in partitions: more may not be"
                        + " registered in time, and if all of them fail, memory may not hold their failures.";

        assertThat(PlanText.lines(plan(Map.of("partitions", partitions))).contains(advice))
                .isEqualTo(isTooLarge);
    }

    @Test
    void namesCannotCommandTheTerminal() {
        Map<String, Object> detection = Map.of(
                "found", 1,
                "registered", 0,
                "reasons", Map.of("NEW", 1),
                "sample", List.of(Map.of("reason", "NEW", "partition", "\u001b[2J", "prefix", "x")),
                "skipped", Map.of(),
                "skippedSample", List.of());

        assertThat(PlanText.lines(plan(Map.of("detection", detection))))
                .anyMatch(line -> line.contains("?[2J"))
                .noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void everythingIsShown() {
        String shown = String.join("\n", PlanText.lines(plan(Map.of())));

        assertThat(shown)
                .contains("would be processed", "and 2 more", "flights/_tmp/", "S3 ListObjectsV2", "19", "2.6 s")
                .contains("hour=13: has no _SUCCESS", "hour=2: failed 5 times", "2013-02-07T03:00 to 2013-02-07T04:00")
                .doesNotContain("2013-02-07T09:00 to");
    }

    @Test
    void planOfNothingHasNoPartitions() {
        assertThat(String.join(
                        "\n",
                        PlanText.lines(
                                plan(Map.of("spec", spec("a", "b"), "next", "NOTHING_NEW", "detection", NOTHING)))))
                .contains("a.b: nothing new")
                .doesNotContain("prefix");
    }

    private static Map<String, Object> spec(String database, String table) {
        return Map.of(
                "database",
                database,
                "table",
                table,
                "location",
                "s3://lake/flights/",
                "format",
                "json",
                "columns",
                List.of(),
                "partitionKeys",
                List.of(),
                "layout",
                "hive");
    }

    private static Plan plan(Map<String, Object> change) {
        List<Object> sample = new ArrayList<>();
        sample.add(Map.of(
                "reason", "RETRIED", "partition", "dt=2013-02-08/hour=17", "prefix", "flights/dt=2013-02-08/hour=17/"));
        IntStream.range(0, 12)
                .mapToObj(h ->
                        Map.of("reason", "NEW", "partition", "dt=2013-02-09/hour=" + h, "prefix", "flights/" + h + "/"))
                .forEach(sample::add);
        Map<String, Object> detection = new HashMap<>(Map.of(
                "from", "2013-02-06T23:00",
                "reasons", Map.of("NEW", 12, "RETRIED", 1),
                "sample", sample,
                "found", 20,
                "registered", 7,
                "waiting", tally("hour=13", "has no _SUCCESS"),
                "setAside", tally("hour=2", "failed 5 times"),
                "missing",
                        Map.of(
                                "count",
                                3,
                                "sample",
                                List.of(
                                        Map.of("first", "2013-02-07T03:00", "last", "2013-02-07T04:00", "count", 2),
                                        Map.of("first", "2013-02-07T09:00", "last", "2013-02-07T09:00", "count", 1))),
                "skipped", Map.of("HIDDEN", 1),
                "skippedSample",
                        List.of(Map.of(
                                "prefix",
                                "flights/_tmp/",
                                "reason",
                                "HIDDEN",
                                "detail",
                                "names that begin with '_'"))));
        Map<String, Object> plan = new HashMap<>(Map.of(
                "version",
                1,
                "run",
                "flights-1",
                "spec",
                spec("analytics", "flights"),
                "next",
                "PROCESS",
                "partitions",
                13,
                "batches",
                13,
                "detection",
                detection,
                "requests",
                Map.of("S3 ListObjectsV2", 3, "Glue GetTable", 1),
                "stateTransitions",
                19,
                "processorMillis",
                2600));
        plan.putAll(change);
        return Json.documents().convertValue(plan, Plan.class);
    }

    private static Map<String, Object> tally(String partition, String detail) {
        return Map.of(
                "count",
                1,
                "sample",
                List.of(Map.of("partition", partition, "prefix", "flights/x/", "detail", detail)));
    }
}
