package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.fakes.FaultHook.Moment;
import io.fanin.model.run.TableStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of a complete table that are registered concurrently: if one fails, the table's status is partial. */
class ParallelBatchesTest {

    private static final String CREATE = "BatchCreatePartition";
    private static final int MANY = 650;

    private final RunFixture fixture = new RunFixture();
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @BeforeEach
    void completeTable() {
        fixture.pass(RunFixture.LATER_RUN, 0, RunFixture.hour(1_000)).register();
        assertThat(status()).isEqualTo("COMPLETE");
    }

    @Test
    void tableIsPartialFromTheFirstBatchToTheLast() {
        Pass pass = many();
        fixture.aws.faults().hook(this::look).on(CREATE).nth(3).then(Fault.throttling());

        assertThat(pass.register().status()).isEqualTo(TableStatus.COMPLETE);

        assertThat(seen).containsExactly("PARTIAL");
        assertThat(fixture.registered()).hasSize(MANY + 1);
        assertThat(fixture.aws.log().count(CREATE)).isEqualTo(7 + 1);
    }

    @Test
    void batchThatStaysThrottledIsOutstandingAndOnlyThat() {
        Pass pass = many();
        fixture.aws
                .faults()
                .on(CREATE)
                .where(call -> call.fact("PartitionInputList").equals("50"))
                .then(Fault.throttling());

        assertThat(pass.register().status()).isEqualTo(TableStatus.PARTIAL);

        assertThat(fixture.registered()).hasSize(600 + 1);
        assertThat(fixture.record().outstanding())
                .hasSize(50)
                .allMatch(one -> one.failure().error().equals("ThrottlingException"));
    }

    @Test
    void deniedBatchAmongOthersLeavesThePassToBeRepeated() {
        Pass pass = many();
        fixture.aws
                .faults()
                .hook(this::look)
                .on(CREATE)
                .nth(2)
                .thenFail(400, "AccessDeniedException", "User is not authorized");

        assertThatThrownBy(pass::register).isInstanceOf(CatalogException.class);

        assertThat(status()).isEqualTo("PARTIAL");
        assertThat(pass.register().status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(seen).containsExactly("PARTIAL");
        assertThat(fixture.registered()).hasSize(MANY + 1);
    }

    @ParameterizedTest
    @EnumSource
    void crashAmongBatchesLosesNone(Moment moment) {
        for (int batch = 1; batch <= 7; batch++) {
            RunFixture world = new RunFixture();
            world.pass(RunFixture.LATER_RUN, 0, RunFixture.hour(1_000)).register();
            Pass pass = world.pass(RUN, 0, hours(MANY), 100);
            int number = batch;
            world.aws
                    .faults()
                    .on("UpdateTable")
                    .first(1)
                    .thenRunAfter(() -> world.aws.faults().hook(new Crashes(number, moment)));

            assertThatThrownBy(pass::register).isInstanceOf(Crashes.Crash.class);

            assertThat(world.parameters()).containsEntry("fanin.status", "PARTIAL");
            world.aws.faults().clear();
            assertThat(pass.register().status()).isEqualTo(TableStatus.COMPLETE);
            assertThat(world.registered()).hasSize(MANY + 1);
        }
    }

    private Pass many() {
        Pass pass = fixture.pass(RUN, 0, hours(MANY), 100);
        fixture.aws.log().reset();
        return pass;
    }

    /** A reader's view of the table before and after each batch. */
    private Optional<Fault> look(Moment moment, Call call) {
        if (List.of(CREATE, "BatchGetPartition").contains(call.operation())) {
            seen.add(status());
        }
        return Optional.empty();
    }

    private String status() {
        return fixture.aws
                .glue()
                .parameters(FLIGHTS.database(), FLIGHTS.table())
                .get("fanin.status");
    }
}
