package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose table-creator is killed when some of its partitions are registered: another mends what it has left. */
@ExtendWith(Platform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledWhileRegisteringIT {

    /** More than Glue takes in one request. */
    private static final int PARTITIONS = 105;

    private final Pipeline pipeline;
    private TestMachine dying;
    private Lake.Table table;
    private Finished killed;

    KilledWhileRegisteringIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeAll
    void aMachineWithATableCreatorThatDies() {
        dying = TestMachine.withTableCreator(pipeline, DiesWhileRegistering.class);
    }

    @AfterAll
    void deleteTheMachine() {
        dying.close();
    }

    @BeforeEach
    void aRunThatWasKilled() {
        table = pipeline.newTable().withHours(PARTITIONS);
        killed = dying.executions().run(table.spec());
    }

    @Test
    void theTableSaysPartialUntilTheNextRunHasRegisteredTheRest() {
        assertThat(killed.error()).as(killed.toString()).isEqualTo("Runtime.ExitError");
        assertThat(pipeline.catalog().partitions(table)).isNotEmpty();
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.status", "PARTIAL");
        assertThat(pipeline.state().holder(table)).isPresent();

        Finished next = pipeline.run(table.spec());

        assertThat(next.text("status")).as(next.toString()).isEqualTo("COMPLETE");
        assertIsWhole();
    }

    @Test
    void whatItSetOutToProcessCanBeProcessedAgainByAnotherExecution() {
        Finished next = pipeline.redriveOf(killed);

        assertThat(next.text("status")).as(next.toString()).isEqualTo("COMPLETE");
        assertIsWhole();
    }

    private void assertIsWhole() {
        assertThat(pipeline.catalog().values(table)).doesNotHaveDuplicates().hasSize(PARTITIONS);
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.failed", "0");
        assertThat(pipeline.state().holder(table)).isEmpty();
    }
}
