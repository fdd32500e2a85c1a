package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs in which every partition is valid. */
@ExtendWith(Platform.class)
class WholeRunIT {

    private final Pipeline pipeline;
    private TestLake.Table table;

    WholeRunIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aNewTable() {
        table = pipeline.newTable();
    }

    @Test
    void whereNothingLiesThereIsNothingNewAndNoTable() {
        Finished run = pipeline.run(table.spec());

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.text("next")).isEqualTo("NOTHING_NEW");
        assertThat(run.number("partitions")).isZero();
        assertThat(pipeline.catalog().has(table)).isFalse();
    }

    @Test
    void onePartitionIsRegistered() {
        table.withHours(1);

        Finished run = pipeline.run(table.spec());

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        assertThat(run.text("status")).isEqualTo("COMPLETE");
        assertThat(run.number("registered")).isEqualTo(1);
        assertThat(pipeline.catalog().values(table)).containsExactly(TestLake.Table.valuesOfHour(0));
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.registered", "1")
                .containsEntry("fanin.failed", "0");
    }

    @Test
    void aSecondRunFindsNothingNewAndChangesNothing() {
        table.withHours(3);
        pipeline.run(table.spec());
        var before = pipeline.catalog().get(table);

        Finished again = pipeline.run(table.names());

        assertThat(again.succeeded()).as(again.toString()).isTrue();
        assertThat(again.text("next")).isEqualTo("NOTHING_NEW");
        assertThat(pipeline.catalog().values(table)).hasSize(3);
        assertThat(pipeline.catalog().get(table)).isEqualTo(before);
    }

    @Test
    void aSecondRunRegistersOnlyWhatIsNew() {
        table.withHours(2);
        pipeline.run(table.spec());
        table.withHours(4);

        Finished again = pipeline.run(table.names());

        assertThat(again.number("registered")).isEqualTo(2);
        assertThat(pipeline.catalog().values(table)).hasSize(4);
    }

    @Test
    void namesThatAreNoPartitionsAreCountedAndSampled() {
        table.withHours(1).with("_tmp/part-0.json", Content.json()).with("dt=2013-02-08/oops/x", Content.json());

        Finished run = pipeline.run(table.spec());

        assertThat(run.succeeded()).as(run.toString()).isTrue();
        JsonNode detection = pipeline.state().detection(run.name());
        assertThat(detection.path("found").asInt()).isEqualTo(1);
        assertThat(detection.path("skipped").toString()).isEqualTo("{\"HIDDEN\":1,\"NOT_IN_LAYOUT\":1}");
        assertThat(detection.path("skippedSample"))
                .extracting(skip -> skip.path("prefix").asText())
                .containsExactlyInAnyOrder(table.prefix() + "_tmp/", table.prefix() + "dt=2013-02-08/oops/");
        assertThat(run.output().at("/detection/skippedReasons")).isEqualTo(detection.path("skipped"));
        assertThat(pipeline.catalog().values(table)).containsExactly(TestLake.Table.valuesOfHour(0));
    }

    /** The data in the state machine and the emulator must not grow with the work. */
    @Test
    void outputsHoldReferencesCountsAndAFewNames() {
        table.withHours(8);

        Finished run = pipeline.run(table.spec());

        assertThat(run.output().toString()).hasSizeLessThan(1_000);
        assertThat(run.output().at("/detection/reasons/NEW").asInt()).isEqualTo(8);
        assertThat(run.output().at("/detection/sample")).hasSize(4);
        assertThat(run.text("report"))
                .isEqualTo("s3://" + pipeline.stack().stateBucket() + "/runs/" + run.name() + "/report.json");
    }
}
