package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The partitions found, and those ignored, in a table that has been run before. */
@ExtendWith(Platform.class)
class DetectionIT {

    private final Pipeline pipeline;
    private TestLake.Table table;

    DetectionIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aNewTable() {
        table = pipeline.newTable();
    }

    @Test
    void aSecondRunListsOnlyTheWindow() {
        table.withHours(6);
        pipeline.run(list());
        table.withHours(7).with("dt=2013-02-06/hour=00/part-0.json.gz", Content.jsonGz());

        Finished second = pipeline.run(list());

        JsonNode window = pipeline.state().detection(second.name());
        assertThat(window.path("from").asText()).as(window.toString()).isEqualTo("2013-02-08T03:00");
        assertThat(window.path("found").asInt()).isEqualTo(4);
        assertThat(window.path("registered").asInt()).isEqualTo(3);
        assertThat(window.path("reasons").toString()).isEqualTo("{\"NEW\":1}");
        assertThat(second.number("registered")).as(second.toString()).isEqualTo(1);

        Finished full = pipeline.run(detecting("full"));

        JsonNode all = pipeline.state().detection(full.name());
        assertThat(all.has("from")).as(all.toString()).isFalse();
        assertThat(all.path("found").asInt()).isEqualTo(8);
        assertThat(full.number("registered")).as(full.toString()).isEqualTo(1);
        assertThat(pipeline.catalog().values(table)).hasSize(8).contains(List.of("2013-02-06", "00"));
    }

    @Test
    void whatChangesAfterItWasRegisteredIsProcessedAgain() {
        table.withHours(2);
        pipeline.run(list());
        Map<String, String> before = parametersOfHour(1);
        Map<String, String> untouched = parametersOfHour(0);
        table.with(TestLake.Table.hour(1) + "part-1.json.gz", Content.jsonGz());

        Finished again = pipeline.run(list());

        JsonNode detection = pipeline.state().detection(again.name());
        assertThat(detection.path("reasons").toString()).isEqualTo("{\"LATE\":1}");
        assertThat(again.text("status")).as(again.toString()).isEqualTo("COMPLETE");
        assertThat(before).containsEntry("numFiles", "1");
        assertThat(parametersOfHour(1))
                .containsEntry("numFiles", "2")
                .hasEntrySatisfying(
                        "fanin.inventory", hash -> assertThat(hash).isNotEqualTo(before.get("fanin.inventory")))
                .hasEntrySatisfying("fanin.run", run -> assertThat(run).contains(again.name()));
        assertThat(parametersOfHour(0)).isEqualTo(untouched);
    }

    @Test
    void aPartitionWaitsForItsMarker() {
        table.withHours(2).with(TestLake.Table.hour(0) + "_SUCCESS", new byte[0]);
        ObjectNode spec = list();
        spec.withObject("/detection").putObject("readiness").put("marker", "_SUCCESS");

        Finished first = pipeline.run(spec);

        JsonNode waiting = pipeline.state().detection(first.name()).path("waiting");
        assertThat(waiting.path("count").asInt()).as(first.toString()).isEqualTo(1);
        assertThat(waiting.at("/sample/0/partition").asText()).isEqualTo("dt=2013-02-08/hour=01");
        assertThat(first.text("status")).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().values(table)).containsExactly(TestLake.Table.valuesOfHour(0));
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.complete_through", "2013-02-08T00:00");

        table.with(TestLake.Table.hour(1) + "_SUCCESS", new byte[0]);
        Finished second = pipeline.run(spec);

        assertThat(pipeline.state().detection(second.name()).path("reasons").toString())
                .isEqualTo("{\"NEW\":1}");
        assertThat(pipeline.catalog().values(table)).hasSize(2);
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.complete_through", "2013-02-08T01:00");
    }

    @Test
    void periodsWithoutAPrefixAreReported() {
        table.withHours(2).with(TestLake.Table.hour(5) + "part-0.json.gz", Content.jsonGz());

        Finished run = pipeline.run(list());

        JsonNode missing = pipeline.state().detection(run.name()).path("missing");
        assertThat(missing.toString())
                .isEqualTo("{\"count\":3,\"sample\":[{\"first\":\"2013-02-08T02:00\",\"last\":\"2013-02-08T04:00\","
                        + "\"count\":3}]}");
        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.complete_through", "2013-02-08T05:00");
    }

    @Test
    void anEmptyCalendarPeriodIsLateOnceItIsFilled() {
        table.withHours(1);
        pipeline.run(list());
        ObjectNode calendar = detecting("calendar");
        calendar.withObject("/detection").put("from", "2013-02-08").put("to", "2013-02-08T02:00");

        Finished ahead = pipeline.run(calendar);

        assertThat(ahead.text("status")).as(ahead.toString()).isEqualTo("COMPLETE");
        assertThat(ahead.number("registered")).isEqualTo(1);
        assertThat(parametersOfHour(1)).containsKey("fanin.inventory").doesNotContainKey("numFiles");

        table.withHours(2);
        Finished filled = pipeline.run(list());

        assertThat(pipeline.state().detection(filled.name()).path("reasons").toString())
                .isEqualTo("{\"LATE\":1}");
        assertThat(filled.text("status")).as(filled.toString()).isEqualTo("COMPLETE");
        assertThat(parametersOfHour(1)).containsEntry("numFiles", "1");
    }

    @Test
    void whatFailsTooOftenIsSetAsideUntilItIsNamed() {
        table.withHours(1).with(TestLake.Table.hour(1) + "part-0.json.gz", Content.truncatedJsonGz());
        ObjectNode spec = list();
        spec.withObject("/detection").put("maxAttempts", 2);
        assertThat(pipeline.run(spec).status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(pipeline.run(spec).status()).isEqualTo(ExecutionStatus.FAILED);
        table.withHours(1).with(TestLake.Table.hour(2) + "part-0.json.gz", Content.jsonGz());

        Finished third = pipeline.run(spec);

        assertThat(third.succeeded()).as(third.toString()).isTrue();
        assertThat(third.text("status")).isEqualTo("PARTIAL");
        assertThat(third.number("registered")).isEqualTo(1);
        assertThat(third.number("outstanding")).isEqualTo(1);
        assertThat(pipeline.executions().lastState(third)).isEqualTo("Partially valid");
        JsonNode detection = pipeline.state().detection(third.name());
        assertThat(detection.at("/setAside/sample/0/partition").asText()).isEqualTo("dt=2013-02-08/hour=01");

        table.with(TestLake.Table.hour(1) + "part-0.json.gz", Content.jsonGz());
        ObjectNode named = detecting("partitions");
        named.withObject("/detection").putArray("partitions").add("dt=2013-02-08/hour=01");
        Finished repaired = pipeline.run(named);

        assertThat(repaired.text("status")).as(repaired.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().values(table)).hasSize(3);
    }

    private Map<String, String> parametersOfHour(int hour) {
        return pipeline.catalog()
                .partition(table, TestLake.Table.valuesOfHour(hour))
                .parameters();
    }

    /** A spec with a window of two hours. */
    private ObjectNode list() {
        ObjectNode spec = detecting("list");
        spec.withObject("/detection").put("lookback", "PT2H");
        return spec;
    }

    private ObjectNode detecting(String mode) {
        ObjectNode spec = table.hourlySpec();
        spec.putObject("detection").put("mode", mode);
        return spec;
    }
}
