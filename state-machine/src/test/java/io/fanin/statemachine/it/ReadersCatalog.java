package io.fanin.statemachine.it;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** The catalog as readers see it. */
record ReadersCatalog(GlueClient glue) {

    boolean has(TestLake.Table table) {
        return find(table).isPresent();
    }

    Table get(TestLake.Table table) {
        return find(table).orElseThrow(() -> new AssertionError("no table " + table));
    }

    Map<String, String> parameters(TestLake.Table table) {
        return get(table).parameters();
    }

    List<Partition> partitions(TestLake.Table table) {
        return glue
                .getPartitionsPaginator(
                        request -> request.databaseName(table.database()).tableName(table.name()))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    List<List<String>> values(TestLake.Table table) {
        return partitions(table).stream().map(Partition::values).toList();
    }

    Partition partition(TestLake.Table table, List<String> values) {
        return partitions(table).stream()
                .filter(partition -> partition.values().equals(values))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no partition " + values + " of " + table));
    }

    /** Creates a table as some other tool would. */
    void create(TestLake.Table table, UnaryOperator<TableInput.Builder> details) {
        glue.createDatabase(request -> request.databaseInput(database -> database.name(table.database())));
        glue.createTable(request -> request.databaseName(table.database())
                .tableInput(
                        details.apply(TableInput.builder().name(table.name())).build()));
    }

    /**
     * Registers a partition as some other tool would.
     *
     * @param folder below the table's location
     */
    void add(TestLake.Table table, List<String> values, String folder) {
        StorageDescriptor storage = get(table).storageDescriptor();
        glue.createPartition(request -> request.databaseName(table.database())
                .tableName(table.name())
                .partitionInput(partition -> partition
                        .values(values)
                        .storageDescriptor(storage.toBuilder()
                                .location(table.location() + folder)
                                .build())));
    }

    /** Adds a column of text, as another writer does without knowledge of the runs. */
    void addColumn(TestLake.Table table, String name) {
        Table current = get(table);
        StorageDescriptor storage = current.storageDescriptor();
        List<Column> columns = Stream.concat(
                        storage.columns().stream(),
                        Stream.of(Column.builder().name(name).type("string").build()))
                .toList();
        TableInput input = TableInput.builder()
                .name(current.name())
                .tableType(current.tableType())
                .parameters(current.parameters())
                .partitionKeys(current.partitionKeys())
                .storageDescriptor(storage.toBuilder().columns(columns).build())
                .build();
        glue.updateTable(request -> request.databaseName(table.database()).tableInput(input));
    }

    private Optional<Table> find(TestLake.Table table) {
        try {
            return Optional.of(glue.getTable(
                            request -> request.databaseName(table.database()).name(table.name()))
                    .table());
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }
}
