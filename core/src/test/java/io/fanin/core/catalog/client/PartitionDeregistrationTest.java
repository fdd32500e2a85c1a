package io.fanin.core.catalog.client;

import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static io.fanin.core.catalog.client.CatalogFixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.partition.DeregistrationOutcome;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Deregistered;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Kept;
import io.fanin.core.catalog.partition.DeregistrationOutcome.Refused;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.Fault.Fail;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deregistration and its report, if Glue refuses, throttles, fails or does not answer. */
class PartitionDeregistrationTest {

    private static final Kept BACK = new Kept("holds data again", true);

    private static final String DELETE = "BatchDeletePartition";
    private static final String GET = "BatchGetPartition";

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();

    @BeforeEach
    void register() {
        fixture.catalog.register(table, registrations(60));
        fixture.glue.log().reset();
    }

    @Test
    void partitionsAreDeletedTwentyFiveAtATime() {
        Map<PartitionValues, DeregistrationOutcome> outcomes = deregister(0, 55);

        assertThat(outcomes).hasSize(55);
        assertThat(outcomes.values()).containsOnly(new Deregistered());
        assertThat(fixture.glue.log().calls(DELETE))
                .extracting(call -> Integer.valueOf(call.fact("PartitionsToDelete")))
                .containsExactlyInAnyOrder(25, 25, 5);
        assertThat(fixture.glue.log().count(GET)).isEqualTo(1);
        assertThat(fixture.registeredCount()).isEqualTo(5);
    }

    @Test
    void partitionThatIsGoneAlreadyIsDeregistered() {
        deregister(0, 1);

        assertThat(deregister(0, 2).values()).containsOnly(new Deregistered());
    }

    @Test
    void refusedEntryIsReportedAndItsSiblingsAreDeleted() {
        fixture.glue.faults().on(DELETE).thenFailEntry(hour(3).values(), new Fail(400, "InvalidInputException", "no"));

        Map<PartitionValues, DeregistrationOutcome> outcomes = deregister(0, 25);

        assertThat(outcomes.get(hour(3))).isEqualTo(new Refused("InvalidInputException", "no"));
        assertThat(outcomes.values()).filteredOn(Deregistered.class::isInstance).hasSize(24);
        assertThat(fixture.glue.log().count(DELETE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThrottlingException", "InternalServiceException", "OperationTimeoutException"})
    void throttledEntryAloneIsTriedAgain(String code) {
        fixture.glue.faults().on(DELETE).first(2).thenFailEntry(hour(3).values(), new Fail(400, code, "later"));

        assertThat(deregister(0, 25).values()).containsOnly(new Deregistered());
        assertThat(fixture.glue.log().calls(DELETE))
                .extracting(call -> Integer.valueOf(call.fact("PartitionsToDelete")))
                .containsExactly(25, 1, 1);
    }

    @Test
    void lostAnswerIsResolvedByAskingAgain() {
        fixture.glue.faults().on(DELETE).first(1).thenTimeOutAfter();

        assertThat(deregister(0, 25).values()).containsOnly(new Deregistered());
        assertThat(fixture.glue.log().count(DELETE)).isEqualTo(2);
    }

    @Test
    void whatIsThrottledToTheEndStaysAndIsReported() {
        fixture.glue.faults().on(DELETE).thenFail(400, "ThrottlingException", "Rate exceeded");

        assertThat(deregister(0, 2).values())
                .containsOnly(new Refused("ThrottlingException", "Rate exceeded (after 5 attempts)"));
        assertThat(fixture.registeredCount()).isEqualTo(60);
    }

    @Test
    void denialIsReportedWithThePermissionThatIsMissing() {
        fixture.glue.faults().on(DELETE).thenFail(400, "AccessDeniedException", "not authorized");

        assertThat(deregister(0, 1).get(hour(0)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.message())
                                .contains(
                                        "allow the role that called (in a run, the function's) glue:BatchDeletePartition"));
    }

    @Test
    void tableThatIsGoneIsAnError() {
        fixture.glue.dropTable("analytics", "flights");

        assertThatThrownBy(() -> deregister(0, 1))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContaining("table analytics.flights");
    }

    @Test
    void partitionThatTheLastCheckKeepsIsNotDeleted() {
        Map<PartitionValues, DeregistrationOutcome> outcomes =
                fixture.catalog.deregister(table, List.of(hour(0), hour(1)), batch -> Map.of(hour(1), BACK));

        assertThat(outcomes).containsExactlyInAnyOrderEntriesOf(Map.of(hour(0), new Deregistered(), hour(1), BACK));
        assertThat(fixture.registeredCount()).isEqualTo(59);
    }

    @Test
    void eachAttemptIsPrecededByALook() {
        fixture.glue.faults().on(DELETE).first(1).thenFail(400, "ThrottlingException", "Rate exceeded");
        AtomicInteger looks = new AtomicInteger();

        Map<PartitionValues, DeregistrationOutcome> outcomes = fixture.catalog.deregister(
                table, List.of(hour(0)), batch -> looks.incrementAndGet() == 1 ? Map.of() : Map.of(hour(0), BACK));

        assertThat(outcomes.values()).containsExactly(BACK);
        assertThat(fixture.registeredCount()).isEqualTo(60);
    }

    private Map<PartitionValues, DeregistrationOutcome> deregister(int from, int to) {
        return fixture.once.deregister(
                table, IntStream.range(from, to).mapToObj(CatalogFixture::hour).toList(), batch -> Map.of());
    }
}
