package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.fakes.Fault;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport.Outstanding;
import io.fanin.model.run.TableStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Partitions that were processed successfully, and that Glue refuses. */
class RefusedRegistrationTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void refusedPartitionIsOutstandingWithGluesMessage() {
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenFailEntry(
                        hour(5).values().values(), new Fault.Fail(400, "InvalidInputException", "not like this"));

        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(24)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.counts().registered()).isEqualTo(23);
        assertThat(answer.counts().failed()).isEqualTo(1);
        assertThat(answer.counts().outstanding()).isEqualTo(1);
        assertThat(fixture.registered()).hasSize(23).doesNotContainAnyElementsOf(valuesOf(hour(5)));
        assertThat(fixture.report(RUN).failures())
                .containsExactly(new Outstanding(
                        "dt=2013-02-08/hour=5",
                        List.of("2013-02-08", "5"),
                        "flights/dt=2013-02-08/hour=5/",
                        new Outstanding.Cause(
                                "InvalidInputException",
                                "Glue did not register it: not like this",
                                Optional.of(fixture.clock.instant()),
                                Optional.empty()),
                        1,
                        StandingRegistration.NONE,
                        false,
                        Optional.empty()));
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.registered", "23")
                .containsEntry("fanin.failed", "1")
                .containsEntry("fanin.failed.sample", "dt=2013-02-08/hour=5")
                .containsEntry("fanin.complete_through", "2013-02-08T04:00");
    }

    @Test
    void partitionThatGlueTakesTheNextTimeIsForgotten() {
        Pass pass = fixture.pass(RUN, 0, hours(3));
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenFailEntry(hour(1).values().values(), Fault.throttling());
        assertThat(pass.register().status()).isEqualTo(TableStatus.PARTIAL);
        fixture.aws.faults().clear();

        TableCreatorAnswer answer = fixture.pass(RUN, 1, hour(1)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(answer.counts().registered()).isEqualTo(3);
        assertThat(fixture.record().outstanding()).isEmpty();
    }

    @Test
    void valueThatGlueCannotHoldFailsAlone() {
        Partition tooLong = new Partition(PartitionValues.of("x".repeat(1_025), "1"), "flights/dt=x/hour=1/");

        TableCreatorAnswer answer =
                fixture.pass(RUN, 0, hour(0), tooLong, hour(2)).register();

        assertThat(answer.counts().registered()).isEqualTo(2);
        assertThat(fixture.report(RUN).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause().error()).isEqualTo("InvalidPartitionValues"));
    }

    @Test
    void secondPrefixOfTheSameValuesIsRefused() {
        Partition second = new Partition(hour(1).values(), "flights/dt=2013-02-08/hour=01/");

        TableCreatorAnswer answer =
                fixture.pass(RUN, 0, hour(0), hour(1), second).register();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(fixture.registered()).containsExactlyInAnyOrderElementsOf(valuesOf(hours(2)));
        assertThat(fixture.report(RUN).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.cause().error()).isEqualTo("DuplicatePartition");
            assertThat(failure.prefix()).isEqualTo(second.prefix());
        });
    }
}
