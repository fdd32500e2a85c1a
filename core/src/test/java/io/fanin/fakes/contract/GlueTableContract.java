package io.fanin.fakes.contract;

import static io.fanin.fakes.contract.Flights.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.GlueLimits;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PartitionIndex;
import software.amazon.awssdk.services.glue.model.PartitionIndexDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.ValidationException;

/** Databases and tables. */
interface GlueTableContract {

    Flights flights();

    @Test
    default void tableIsReadBackInLowerCase() {
        GlueClient glue = flights().glue();
        String database = flights().database();
        glue.createTable(
                create -> create.databaseName(database.toUpperCase(Locale.ROOT)).tableInput(in -> in.name("Airports")));

        Table table = new Flights(glue, database, "AIRPORTS").described();

        assertThat(table.name()).isEqualTo("airports");
        assertThat(table.databaseName()).isEqualTo(database);
        assertThat(table.versionId()).isEqualTo("0");
        assertThat(table.createTime()).isNotNull();
        assertThat(glue.getTablesPaginator(get -> get.databaseName(database).maxResults(1)).stream()
                        .flatMap(page -> page.tableList().stream()))
                .extracting(Table::name)
                .containsExactly("airports", "flights");
        assertThat(glue.getDatabasesPaginator(get -> {}).stream().flatMap(page -> page.databaseList().stream()))
                .extracting(Database::name)
                .containsOnlyOnce(database);
    }

    @Test
    default void whatIsMissingOrThereAlreadyHasItsTypedException() {
        GlueClient glue = flights().glue();
        String database = flights().database();
        Flights nope = new Flights(glue, database, "nope");

        assertThatThrownBy(() -> glue.getDatabase(get -> get.name(database + "_nope")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(nope::described).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> nope.partitions(get -> {})).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> nope.update("0", Map.of())).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> flights().get("d9", "1")).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> new Flights(glue, database + "_nope", "").with("flights"))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> flights().with("flights")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> glue.createDatabase(create -> create.databaseInput(input -> input.name(database))))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @Test
    default void deletedTableIsGone() {
        GlueClient glue = flights().glue();

        glue.deleteTable(delete -> delete.databaseName(flights().database()).name("FLIGHTS"));

        assertThatThrownBy(() -> flights().described()).isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.deleteTable(
                        delete -> delete.databaseName(flights().database()).name("flights")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    default void updateReplacesTheWholeInputAndRefusesAStaleVersion() {
        flights().update("0", Map.of("fanin.status", "PARTIAL"));

        Table table = flights().described();
        assertThat(table.versionId()).isEqualTo("1");
        assertThat(table.parameters()).isEqualTo(Map.of("fanin.status", "PARTIAL"));
        assertThat(table.partitionKeys()).isEmpty();
        assertThatThrownBy(() -> flights().update("0", Map.of())).isInstanceOf(ConcurrentModificationException.class);
        flights().update("1", Map.of());
        assertThat(flights().described().parameters()).isEmpty();
        assertThat(flights().described().versionId()).isEqualTo("2");
    }

    @Test
    default void ofConcurrentUpdatesOfOneVersionOneSucceeds() {
        long succeeded = IntStream.range(0, 16)
                .parallel()
                .filter(number -> {
                    try {
                        flights().update("0", Map.of("by", "" + number));
                        return true;
                    } catch (ConcurrentModificationException e) {
                        return false;
                    }
                })
                .count();

        assertThat(succeeded).isEqualTo(1);
    }

    @Test
    default void tableHasTheIndexesThatItWasCreatedWith() {
        createWithIndexes("indexed", List.of(index("hour")));

        assertThat(indexesOf("indexed")).singleElement().satisfies(index -> {
            assertThat(index.indexName()).isEqualTo("by_hour");
            assertThat(index.keys()).singleElement().satisfies(key -> {
                assertThat(key.name()).isEqualTo("hour");
                assertThat(key.type()).isEqualTo("int");
            });
            assertThat(index.indexStatusAsString()).isEqualTo("ACTIVE");
        });
        assertThat(indexesOf("flights")).isEmpty();
    }

    @Test
    default void tableHasFewIndexesAndThoseOfItsKeys() {
        List<PartitionIndex> tooMany = Collections.nCopies(GlueLimits.of("partitionIndexes") + 1, index("hour"));

        assertThatThrownBy(() -> createWithIndexes("indexed", tooMany)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> createWithIndexes("indexed", List.of(index("minute"))))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> indexesOf("indexed")).isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    default void pagesOfTablesHaveTheirLimits() {
        for (int size : new int[] {0, GlueLimits.of("tablePage") + 1}) {
            assertThatThrownBy(() -> flights()
                            .glue()
                            .getTables(get ->
                                    get.databaseName(flights().database()).maxResults(size)))
                    .isInstanceOf(ValidationException.class);
        }
        for (int size : new int[] {0, GlueLimits.of("databasePage") + 1}) {
            assertThatThrownBy(() -> flights().glue().getDatabases(get -> get.maxResults(size)))
                    .isInstanceOf(ValidationException.class);
        }
    }

    private static PartitionIndex index(String key) {
        return PartitionIndex.builder().indexName("by_" + key).keys(key).build();
    }

    private void createWithIndexes(String name, List<PartitionIndex> indexes) {
        flights()
                .glue()
                .createTable(create -> create.databaseName(flights().database())
                        .tableInput(
                                input -> input.name(name).partitionKeys(column("dt", "string"), column("hour", "int")))
                        .partitionIndexes(indexes));
    }

    private List<PartitionIndexDescriptor> indexesOf(String name) {
        return flights()
                .glue()
                .getPartitionIndexes(
                        get -> get.databaseName(flights().database()).tableName(name))
                .partitionIndexDescriptorList();
    }
}
