package io.fanin.fakes.contract;

import static io.fanin.fakes.contract.Flights.moved;
import static io.fanin.fakes.contract.Flights.partition;
import static io.fanin.fakes.contract.Flights.update;
import static io.fanin.fakes.contract.Flights.valueList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.fakes.GlueLimits;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionFailureEntry;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.ValidationException;

/** Partitions, one by one and in batches. */
interface GluePartitionContract {

    Flights flights();

    @Test
    default void partitionsThatExistAreErrorsOfABatchThatSucceeds() {
        assertThat(flights().create(partition("d1", "1"))).isEmpty();

        List<PartitionError> errors = flights().create(partition("d1", "1"), partition("d1", "2"));

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.partitionValues()).containsExactly("d1", "1");
            assertThat(error.errorDetail().errorCode()).isEqualTo("AlreadyExistsException");
        });
        assertThat(flights().partitions(get -> {}))
                .extracting(
                        Partition::values, found -> found.storageDescriptor().location())
                .containsExactlyInAnyOrder(
                        tuple(List.of("d1", "1"), "s3://lake/d1/1/"), tuple(List.of("d1", "2"), "s3://lake/d1/2/"));
    }

    @Test
    default void fullBatchIsTakenAndALargerOneChangesNothing() {
        flights().create(partition("d1", "0"));
        assertThatThrownBy(() -> flights().create(inputs("batchCreate", 1)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("" + GlueLimits.of("batchCreate"));
        refusedUpdate(Arrays.stream(inputs("batchUpdate", 1))
                .map(input -> update(input.values(), input))
                .toArray(BatchUpdatePartitionRequestEntry[]::new));
        int tooManyToDelete = GlueLimits.of("batchDelete") + 1;
        refused(() -> delete(Collections.nCopies(tooManyToDelete, valueList("d1", "0"))));
        int tooManyToGet = GlueLimits.of("batchGet") + 1;
        refused(() -> get(Collections.nCopies(tooManyToGet, valueList("d1", "0"))));
        assertThat(flights().valuesOf(get -> {})).containsExactly(List.of("d1", "0"));

        assertThat(flights().create(inputs("batchCreate", 0)))
                .extracting(PartitionError::partitionValues)
                .containsExactly(List.of("d1", "0"));
    }

    @Test
    default void oneValueOutOfBoundsRefusesTheWholeBatch() {
        String tooLong = "x".repeat(GlueLimits.of("valueLength") + 1);
        for (String wrong : List.of("", tooLong)) {
            refused(() -> flights().create(partition("d1", "1"), partition(wrong, "2")));
            refused(() -> delete(List.of(valueList("d1", "1"), valueList(wrong, "2"))));
            refused(() -> get(List.of(valueList("d1", "1"), valueList(wrong, "2"))));
            refused(() -> flights().get(wrong, "2"));
            refused(() -> createOne(partition(wrong, "2")));
            refused(() -> deleteOne(wrong, "2"));
            refusedUpdate(
                    update(List.of("d1", "1"), partition("d1", "1")), update(List.of(wrong, "2"), moved("d1", "2")));
            refusedUpdate(update(List.of("d1", "1"), moved(wrong, "1")));
        }
        assertThat(flights().valuesOf(get -> {})).isEmpty();
        assertThat(flights().create(partition("x".repeat(GlueLimits.of("valueLength")), "2")))
                .isEmpty();
    }

    @Test
    default void locationOverItsLimitRefusesTheWholeBatch() {
        PartitionInput tooFar = partition("d1", "2").toBuilder()
                .storageDescriptor(storage -> storage.location("s".repeat(GlueLimits.of("locationLength") + 1)))
                .build();

        refused(() -> flights().create(partition("d1", "1"), tooFar));
        refused(() -> createOne(tooFar));
        refusedUpdate(update(List.of("d1", "2"), tooFar));
        assertThat(flights().valuesOf(get -> {})).isEmpty();
    }

    @Test
    default void valuesAndKeysHaveToMatchInNumber() {
        assertThatThrownBy(() -> flights().create(partition("d1", "1"), partition("d1")))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> createOne(partition("d1"))).isInstanceOf(InvalidInputException.class);
        assertThat(flights().valuesOf(get -> {})).isEmpty();
    }

    /** Errors in the request are found before its table is looked up. */
    @Test
    default void requestIsCheckedBeforeItsTableIsLookedFor() {
        Flights nope = new Flights(flights().glue(), flights().database(), "nope");

        refused(() -> nope.create(partition("d1", "")));
        refused(() -> nope.get("d1", ""));
        refused(() -> nope.partitions(
                get -> get.segment(segment -> segment.segmentNumber(0).totalSegments(0))));
        assertThatThrownBy(() -> nope.create(partition("d1", "1"))).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    default void singlePartitionIsCreatedUpdatedAndDeleted() {
        createOne(partition("d1", "1"));
        assertThatThrownBy(() -> createOne(partition("d1", "1"))).isInstanceOf(AlreadyExistsException.class);

        updateOne("d1", "1");
        assertThat(flights().get("d1", "1").storageDescriptor().location()).isEqualTo("s3://moved/");
        assertThatThrownBy(() -> updateOne("d1", "2")).isInstanceOf(EntityNotFoundException.class);

        deleteOne("d1", "1");
        assertThatThrownBy(() -> flights().get("d1", "1")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> deleteOne("d1", "1")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    default void updateReachesOnlyWhatExists() {
        flights().create(partition("d1", "1"));
        Instant created = flights().get("d1", "1").creationTime();

        List<BatchUpdatePartitionFailureEntry> errors =
                updateAll(update(List.of("d1", "1"), moved("d1", "1")), update(List.of("d1", "2"), moved("d1", "2")));

        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.partitionValueList()).containsExactly("d1", "2");
            assertThat(error.errorDetail().errorCode()).isEqualTo("EntityNotFoundException");
        });
        Partition updated = flights().get("d1", "1");
        assertThat(updated.storageDescriptor().location()).isEqualTo("s3://moved/");
        assertThat(updated.parameters()).isEqualTo(Map.of("rows", "3"));
        assertThat(updated.creationTime()).isNotNull().isEqualTo(created);
    }

    @Test
    default void partitionIsMovedToAPlaceThatIsFree() {
        flights().create(partition("d1", "1"), partition("d1", "2"));

        assertThat(updateAll(update(List.of("d1", "1"), partition("d1", "2"))))
                .extracting(error -> error.errorDetail().errorCode())
                .containsExactly("AlreadyExistsException");
        assertThat(updateAll(update(List.of("d1", "1"), partition("d1", "3")))).isEmpty();
        assertThat(flights().valuesOf(get -> {})).containsExactlyInAnyOrder(List.of("d1", "2"), List.of("d1", "3"));
    }

    @Test
    default void batchDeleteNamesWhatIsNotThere() {
        flights().create(partition("d1", "1"));

        assertThat(delete(List.of(valueList("d1", "1"), valueList("d1", "2"))))
                .extracting(
                        PartitionError::partitionValues,
                        error -> error.errorDetail().errorCode())
                .containsExactly(tuple(List.of("d1", "2"), "EntityNotFoundException"));
        assertThat(flights().valuesOf(get -> {})).isEmpty();
    }

    @Test
    default void fullBatchIsDeletedAndWhatIsNotNamedStays() {
        int most = GlueLimits.of("batchDelete");
        flights().create(inputs("batchDelete", 1));

        assertThat(delete(IntStream.range(0, most)
                        .mapToObj(i -> valueList("d1", "" + i))
                        .toList()))
                .isEmpty();

        assertThat(flights().valuesOf(get -> {})).containsExactly(List.of("d1", "" + most));
    }

    @Test
    default void nothingIsDeletedFromATableThatIsNotThere() {
        Flights nope = new Flights(flights().glue(), flights().database(), "nope");

        assertThatThrownBy(() -> nope.glue()
                        .batchDeletePartition(delete -> delete.databaseName(nope.database())
                                .tableName(nope.table())
                                .partitionsToDelete(valueList("d1", "1"))))
                .isInstanceOf(EntityNotFoundException.class);
    }

    /** That is neither an error nor unprocessed. */
    @Test
    default void batchGetLeavesOutWhatIsMissing() {
        flights().create(partition("d1", "1"));

        var response = flights()
                .glue()
                .batchGetPartition(get -> get.databaseName(flights().database())
                        .tableName(flights().table())
                        .partitionsToGet(valueList("d1", "1"), valueList("d9", "1")));

        assertThat(response.partitions()).extracting(Partition::values).containsExactly(List.of("d1", "1"));
        assertThat(response.unprocessedKeys()).isEmpty();
    }

    @Test
    default void concurrentBatchesCreateEachPartitionOnce() {
        PartitionInput[] batch = inputs("batchCreate", 0);

        int errors = IntStream.range(0, 8)
                .parallel()
                .map(i -> flights().create(batch).size())
                .sum();

        assertThat(errors).isEqualTo(7 * batch.length);
        assertThat(flights().valuesOf(get -> {})).hasSize(batch.length);
    }

    /** As many as the limit says, and more. */
    private static PartitionInput[] inputs(String limit, int more) {
        return IntStream.range(0, GlueLimits.of(limit) + more)
                .mapToObj(i -> partition("d1", "" + i))
                .toArray(PartitionInput[]::new);
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ValidationException.class);
    }

    private void refusedUpdate(BatchUpdatePartitionRequestEntry... entries) {
        refused(() -> updateAll(entries));
    }

    private List<BatchUpdatePartitionFailureEntry> updateAll(BatchUpdatePartitionRequestEntry... entries) {
        return flights()
                .glue()
                .batchUpdatePartition(update -> update.databaseName(flights().database())
                        .tableName(flights().table())
                        .entries(entries))
                .errors();
    }

    private List<PartitionError> delete(List<PartitionValueList> partitions) {
        return flights()
                .glue()
                .batchDeletePartition(delete -> delete.databaseName(flights().database())
                        .tableName(flights().table())
                        .partitionsToDelete(partitions))
                .errors();
    }

    private List<Partition> get(List<PartitionValueList> partitions) {
        return flights()
                .glue()
                .batchGetPartition(get -> get.databaseName(flights().database())
                        .tableName(flights().table())
                        .partitionsToGet(partitions))
                .partitions();
    }

    private void createOne(PartitionInput input) {
        flights()
                .glue()
                .createPartition(create -> create.databaseName(flights().database())
                        .tableName(flights().table())
                        .partitionInput(input));
    }

    private void updateOne(String... values) {
        flights()
                .glue()
                .updatePartition(update -> update.databaseName(flights().database())
                        .tableName(flights().table())
                        .partitionValueList(values)
                        .partitionInput(moved(values)));
    }

    private void deleteOne(String... values) {
        flights()
                .glue()
                .deletePartition(delete -> delete.databaseName(flights().database())
                        .tableName(flights().table())
                        .partitionValues(values));
    }
}
