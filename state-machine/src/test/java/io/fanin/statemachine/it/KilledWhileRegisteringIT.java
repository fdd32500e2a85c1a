package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** A table-creator that is killed after registering some of its run's partitions: another one repairs the table. */
@ExtendWith(Platform.class)
@Order(Platform.MINUTES_OF_WAITING)
class KilledWhileRegisteringIT {

    /** More partitions than Glue accepts in one request. */
    private static final int PARTITIONS = 105;

    private final Pipeline pipeline;
    private TestLake.Table table;

    KilledWhileRegisteringIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aTableOfMoreThanOneBatch() {
        table = pipeline.newTable().withHours(PARTITIONS);
    }

    @Test
    void createTableIsTriedAgainUntilAllIsRegistered() {
        Finished run = runWith(DiesWhileRegistering.class);

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertIsWhole();
    }

    @Test
    void theTableIsPartialUntilTheNextRunRegistersTheRest() {
        Finished killed = runWith(DiesBeforeTheRest.class);
        assertThat(killed.error()).as(killed.toString()).isEqualTo("Runtime.ExitError");
        assertThat(pipeline.catalog().partitions(table)).isNotEmpty();
        assertThat(pipeline.catalog().parameters(table)).containsEntry("fanin.status", "PARTIAL");
        assertThat(pipeline.state().holder(table)).isPresent();

        Finished next = pipeline.run(table.spec());

        assertThat(next.text("status")).as(next.toString()).isEqualTo("COMPLETE");
        assertIsWhole();
    }

    @Test
    void anotherExecutionCanProcessItsPartitionsAgain() {
        Finished next = pipeline.redriveOf(runWith(DiesBeforeTheRest.class));

        assertThat(next.text("status")).as(next.toString()).isEqualTo("COMPLETE");
        assertIsWhole();
    }

    private Finished runWith(Class<? extends ExecutionInterceptor> dying) {
        try (TestMachine machine = TestMachine.withTableCreator(pipeline, dying)) {
            return machine.executions().run(table.spec());
        }
    }

    private void assertIsWhole() {
        assertThat(pipeline.catalog().values(table)).doesNotHaveDuplicates().hasSize(PARTITIONS);
        assertThat(pipeline.catalog().parameters(table))
                .containsEntry("fanin.status", "COMPLETE")
                .containsEntry("fanin.failed", "0");
        assertThat(pipeline.state().holder(table)).isEmpty();
    }
}
