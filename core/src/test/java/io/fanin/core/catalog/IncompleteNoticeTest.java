package io.fanin.core.catalog;

import static io.fanin.core.catalog.Fixture.hour;
import static io.fanin.core.catalog.Fixture.registration;
import static io.fanin.core.catalog.Fixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.partition.PartitionValues;
import io.fanin.fakes.Fault;
import io.fanin.fakes.Fault.Fail;
import io.fanin.fakes.FaultHook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the table's owner is told that readers may see a part of what is registered. */
class IncompleteNoticeTest {

    private static final String CREATE = "BatchCreatePartition";
    private static final String UPDATE = "BatchUpdatePartition";
    private static final String GET = "BatchGetPartition";
    private static final String NOTICE = "notice";

    private final Fixture fixture = new Fixture();
    private final CatalogTable table = fixture.table();

    /** Requests to Glue and notices, in their order. */
    private final List<String> events = new ArrayList<>();

    @BeforeEach
    void noteRequests() {
        fixture.glue.faults().hook((moment, call) -> {
            if (moment == FaultHook.Moment.BEFORE) {
                note(call.operation());
            }
            return Optional.empty();
        });
    }

    @Test
    void oneBatchThatIsTakenWholeGivesNone() {
        assertThat(register(registrations(100))).containsExactly(CREATE, GET);
    }

    @Test
    void severalBatchesGiveItBeforeTheFirst() {
        assertThat(register(registrations(101))).containsExactly(NOTICE, CREATE, CREATE, GET);
    }

    @Test
    void refusedEntryGivesItBeforeAnythingElseIsAsked() {
        fixture.glue.faults().on(CREATE).thenFailEntry(hour(1).values(), new Fail(400, "InvalidInputException", "no"));

        assertThat(register(registrations(3))).containsExactly(CREATE, NOTICE, GET);
    }

    @Test
    void throttledEntryGivesItBeforeItIsSentAgain() {
        fixture.glue.faults().on(CREATE).first(2).thenFailEntry(hour(1).values(), Fault.throttling());

        assertThat(register(registrations(3))).containsExactly(CREATE, NOTICE, CREATE, CREATE, GET);
    }

    /** Nothing has become visible. */
    @Test
    void batchThatIsThrottledAsAWholeGivesNone() {
        fixture.glue.faults().on(CREATE).first(1).then(Fault.throttling());

        assertThat(register(registrations(3))).containsExactly(CREATE, CREATE, GET);
    }

    @Test
    void answerThatIsLostGivesItBeforeItIsReadBack() {
        fixture.glue.faults().on(CREATE).first(1).thenDropAfter();

        assertThat(register(registrations(3))).containsExactly(CREATE, NOTICE, GET, GET);
    }

    /** The SDK would send the batch again without a word, and what the first one has left out would stay unsaid. */
    @Test
    void answerThatIsLostIsNotLeftToTheRetriesOfTheClient() {
        fixture.glue.faults().on(CREATE).first(1).thenFailEntry(hour(1).values(), Fault.throttling());
        fixture.glue.faults().on(CREATE).first(1).thenDropAfter();
        List<PartitionRegistration> partitions = registrations(3);

        fixture.catalog.register(table, partitions, () -> note(NOTICE));

        assertThat(events).startsWith(CREATE, NOTICE);
    }

    /** One value that Glue refuses has the call refused as a whole, and the halves of it become visible one by one. */
    @Test
    void batchThatIsSentInHalvesGivesItBeforeTheFirstHalf() {
        fixture.glue
                .faults()
                .on(CREATE)
                .where(call -> !call.fact("PartitionInputList").equals("1"))
                .first(1)
                .thenFail(400, "InvalidInputException", "one of them");

        assertThat(register(registrations(3))).containsExactly(CREATE, NOTICE, CREATE, CREATE, GET);
    }

    @Test
    void partitionThatIsRefusedBeforeItIsSentGivesItBeforeTheOthersAre() {
        PartitionRegistration bad =
                new PartitionRegistration(PartitionValues.of("2013-02-08", ""), "s3://lake/x/", Map.of());

        assertThat(register(List.of(registration(0), bad))).containsExactly(NOTICE, CREATE, GET);
    }

    @Test
    void partitionsThatExistAlreadyAndAreUpdatedAllInOneRequestGiveNone() {
        fixture.catalog.register(table, registrations(3));

        assertThat(register(moved(3))).containsExactly(CREATE, GET, UPDATE, GET);
    }

    @Test
    void createdOnesGiveItBeforeTheOthersAreUpdated() {
        fixture.catalog.register(table, registrations(2));

        assertThat(register(moved(3))).containsExactly(CREATE, GET, NOTICE, UPDATE, GET);
    }

    @Test
    void noticeThatFailsEndsTheRegistrationBeforeAnythingElseIsWritten() {
        IllegalStateException failure = new IllegalStateException("the table is gone");

        assertThatThrownBy(() -> fixture.catalog.register(table, registrations(250), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(fixture.registeredCount()).isZero();
    }

    private static List<PartitionRegistration> moved(int count) {
        return registrations(count).stream()
                .map(one -> new PartitionRegistration(one.values(), one.locationUri() + "v2/", one.parameters()))
                .toList();
    }

    private List<String> register(List<PartitionRegistration> partitions) {
        events.clear();
        fixture.once.register(table, partitions, () -> note(NOTICE));
        return List.copyOf(events);
    }

    private synchronized void note(String event) {
        events.add(event);
    }
}
