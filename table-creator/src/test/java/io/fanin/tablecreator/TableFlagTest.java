package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.detection.Gaps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table's parameters as readers see them while partitions become visible. */
class TableFlagTest {

    private static final DetectionSpec COUNTING_GAPS = new DetectionSpec.Listing(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Gaps.OUTSTANDING), Optional.empty());

    private final RunFixture fixture = new RunFixture();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void tableIsPartialIfGlueTakesNoPartition() {
        fixture.pass(RUN, 0, hours(2)).register();
        Pass later = fixture.pass(RunFixture.LATER_RUN, 0, hour(2), hour(3));
        fixture.aws.faults().on("BatchCreatePartition").thenFail(400, "AccessDeniedException", "not allowed");

        assertThatThrownBy(later::register)
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContaining("not allowed");
        assertThat(fixture.parameters()).containsEntry("fanin.status", "PARTIAL");

        fixture.aws.faults().clear();
        later.register();
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void partialIsSetBeforeAnIncompleteSetBecomesVisible() {
        watch();

        fixture.pass(RUN, 0, hours(3)).failing(1).register();

        assertThat(seen).containsExactly("PARTIAL");
    }

    @Test
    void partialIsSetBeforeTheFirstOfSeveralBatches() {
        watch();

        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(250), 50).register();

        assertThat(seen).containsExactly("PARTIAL", "PARTIAL", "PARTIAL");
        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    @Test
    void completeTableTurnsPartialBeforeSeveralBatches() {
        fixture.pass(RUN, 0, hours(1)).register();
        watch();

        fixture.pass(RunFixture.LATER_RUN, 0, hours(250), 50).register();

        assertThat(seen).startsWith("PARTIAL", "PARTIAL", "PARTIAL").containsOnly("PARTIAL");
    }

    @Test
    void completeTableTurnsPartialBeforeTheOnlyBatch() {
        fixture.pass(RUN, 0, hours(1)).register();
        watch();

        fixture.pass(RunFixture.LATER_RUN, 0, hour(1), hour(2)).register();

        assertThat(seen).containsExactly("PARTIAL");
        assertThat(fixture.parameters()).containsEntry("fanin.status", "COMPLETE");
    }

    /** Glue answers 200 with entries in Errors, and the function dies before it reads them. */
    @Test
    void tableStaysPartialIfTheFunctionDiesAfterAPart() {
        fixture.pass(RUN, 0, hours(24)).register();
        Pass later = fixture.pass(RunFixture.LATER_RUN, 0, hours(84).subList(24, 84));
        for (int hour = 24; hour < 84; hour += 7) {
            fixture.aws
                    .faults()
                    .on("BatchCreatePartition")
                    .thenFailEntry(
                            hour(hour).values().values(),
                            new Fault.Fail(400, "ResourceNumberLimitExceededException", "Number of partitions"));
        }
        fixture.aws.faults().on("BatchCreatePartition").thenRunAfter(() -> {
            throw new Crashes.Crash(1);
        });

        assertThatThrownBy(later::register).isInstanceOf(Crashes.Crash.class);

        assertThat(fixture.registered()).hasSize(75);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.complete_through", "2013-02-08T23:00");
    }

    @Test
    void invalidValueTurnsTheTablePartialFirst() {
        fixture.pass(RUN, 0, hours(1)).register();
        watch();

        fixture.pass(
                        RunFixture.LATER_RUN,
                        0,
                        RunFixture.hour(1),
                        new Partition(PartitionValues.of("2013-02-08", "x".repeat(1_025)), "flights/x/"))
                .register();

        assertThat(seen).containsExactly("PARTIAL");
    }

    @Test
    void missingPeriodsMakeTheTablePartial() {
        watch();
        Pass pass = fixture.pass(RUN, 0, hours(3)).missing(2);
        fixture.writeSpec(RUN, OnPartial.FAIL, COUNTING_GAPS);

        TableCreatorAnswer answer = pass.register();

        assertThat(seen).containsExactly("PARTIAL");
        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(answer.onPartial()).isEqualTo(OnPartial.SUCCEED);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.missing", "2");

        Pass later = fixture.pass(RunFixture.LATER_RUN, 0, List.of(RunFixture.hour(3)))
                .missing(0);
        fixture.writeSpec(RunFixture.LATER_RUN, OnPartial.FAIL, COUNTING_GAPS);

        assertThat(later.register().status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "COMPLETE")
                .doesNotContainKey("fanin.missing");
    }

    @Test
    void failureOfAnEarlierRunKeepsTheTablePartialThroughout() {
        fixture.pass(RUN, 0, hours(2)).failing(0).register();
        watch();

        fixture.pass(RunFixture.LATER_RUN, 0, List.of(RunFixture.hour(2))).register();

        assertThat(seen).containsExactly("PARTIAL");
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.failed", "1");
    }

    @Test
    void completeThroughIsTakenBackBeforeRegistration() {
        fixture.pass(RUN, 0, RunFixture.hour(5)).register();
        assertThat(fixture.parameters()).containsEntry("fanin.complete_through", "2013-02-08T05:00");
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenRun(() -> seen.add(fixture.parameters().getOrDefault("fanin.complete_through", "none")));

        fixture.pass(RunFixture.LATER_RUN, 0, RunFixture.hour(3), RunFixture.hour(6))
                .failing(0)
                .register();

        assertThat(seen).containsExactly("2013-02-08T02:00");
    }

    /**
     * A change that another invocation has recorded and published meanwhile must not be reverted: if both invocations
     * died, the reverted parameters would stay until the next run.
     */
    @Test
    void completeThroughStaysBeforeWhatAnOverlappingInvocationLeaves() {
        fixture.pass(RUN, 0, hours(5)).register();
        fixture.aws.faults().on("GetTable").first(1).thenRun(() -> fixture.others.complete("2013-02-08T01:00"));
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .thenRun(() -> seen.add(fixture.parameters().getOrDefault("fanin.complete_through", "none")));

        fixture.pass(RunFixture.LATER_RUN, 0, hour(5)).register();

        assertThat(seen).containsExactly("2013-02-08T01:00");
    }

    @Test
    void partialUsesTheCurrentRecordAfterAConcurrentChange() {
        fixture.pass(RUN, 0, hours(5)).register();
        Pass later = fixture.pass(RunFixture.LATER_RUN, 0, hour(7), hour(8)).failing(1);
        fixture.aws.faults().on("UpdateTable").first(1).thenRun(() -> fixture.others.fail(hour(2)));
        fixture.aws
                .faults()
                .on("BatchCreatePartition")
                .first(1)
                .thenRun(() -> seen.add(fixture.parameters().get("fanin.failed.sample")));

        later.register();

        assertThat(seen).containsExactly("dt=2013-02-08/hour=8,dt=2013-02-08/hour=2");
    }

    @Test
    void completeIsSetOnlyAfterPartitionsAreVerified() {
        fixture.createTable().aws.faults().on("BatchGetPartition").then(Fault.internalService());

        assertThatThrownBy(() -> fixture.pass(RUN, 0, hours(3)).register())
                .isInstanceOf(CatalogUnavailableException.class);

        assertThat(fixture.parameters()).containsEntry("fanin.status", "PARTIAL");
    }

    @Test
    void missingPartitionOnVerificationKeepsTheTablePartial() {
        fixture.aws
                .faults()
                .on("BatchGetPartition")
                .first(1)
                .thenRun(() -> fixture.aws
                        .glue()
                        .dropPartition(
                                "analytics",
                                "flights",
                                RunFixture.hour(1).values().values()));

        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(3)).register();

        assertThat(answer.status()).isEqualTo(TableStatus.PARTIAL);
        assertThat(fixture.parameters())
                .containsEntry("fanin.status", "PARTIAL")
                .containsEntry("fanin.registered", "2")
                .containsEntry("fanin.failed", "1")
                .containsEntry("fanin.failed.sample", "dt=2013-02-08/hour=1");
    }

    /** Notes the table's status each time that partitions are about to become visible. */
    private void watch() {
        fixture.aws.faults().on("BatchCreatePartition").thenRun(() -> seen.add(status()));
    }

    private String status() {
        return fixture.parameters().getOrDefault("fanin.status", "none");
    }
}
