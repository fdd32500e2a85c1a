package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two executions for one table, of which the first has a slow processor. */
@ExtendWith(Platform.class)
@Order(Platform.MINUTES_OF_WAITING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeaseIT {

    /** Long enough for a JVM and the second execution to start, beside the tests of another class. */
    private static final int TIMEOUT_SECONDS = 45;

    private final Pipeline pipeline;
    private TestMachine slow;
    private TestLake.Table table;
    private String first;

    LeaseIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeAll
    void aMachineWithASlowProcessor() {
        slow = TestMachine.withProcessor(pipeline, MisbehavingProcessor.class, TIMEOUT_SECONDS);
    }

    @AfterAll
    void deleteTheMachine() {
        slow.close();
    }

    @BeforeEach
    void aRunThatIsUnderWay() {
        table = pipeline.newTable();
        table.with("what=sound/part-0.json", Content.json()).with("what=times-out/part-0.json", Content.json());
        first = slow.executions().start(spec());
        awaitLease();
    }

    @Test
    void theSecondExecutionFindsTheTableBusy() {
        Finished second = pipeline.run(spec());

        assertThat(second.succeeded()).as(second.toString()).isTrue();
        assertThat(second.text("next")).isEqualTo("BUSY");
        assertThat(second.text("holder")).isEqualTo(first);
        assertThat(pipeline.state().keys(second.name())).isEmpty();
        Finished end = slow.executions().await(first);
        assertThat(end.error()).as(end.toString()).isEqualTo("io.fanin.tablecreator.TablePartialException");
        assertThat(pipeline.state().holder(table)).as("holder at the gate").isEmpty();
        assertThat(pipeline.catalog().values(table)).containsExactly(List.of("sound"));

        Finished third = pipeline.run(spec());

        assertThat(third.text("status")).as(third.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().values(table)).hasSize(2);
    }

    @Test
    void theLeaseOfAStoppedRunIsTakenOver() {
        awaitTheFirstResult();
        slow.executions().stop(first);
        assertThat(pipeline.state().holder(table)).hasValue(first);

        Finished second = pipeline.run(spec());

        assertThat(second.text("status")).as(second.toString()).isEqualTo("COMPLETE");
        assertThat(second.number("registered")).isEqualTo(2);
        assertThat(pipeline.state().holder(table)).isEmpty();
    }

    private void awaitLease() {
        Polling.await(
                "the lease is taken",
                () -> pipeline.state().holder(table).filter(first::equals).isPresent());
    }

    /** Waits until one of the Map's items has ended, while the other one is running. */
    private void awaitTheFirstResult() {
        String run = first.substring(first.lastIndexOf(':') + 1);
        Polling.await(
                "a processor has written its result",
                () -> pipeline.state().keys(run).stream().anyMatch(key -> key.contains("/results/")));
    }

    private ObjectNode spec() {
        ObjectNode spec = table.spec();
        spec.set("partitionKeys", TestLake.Table.columns("what", "string"));
        return spec;
    }
}
