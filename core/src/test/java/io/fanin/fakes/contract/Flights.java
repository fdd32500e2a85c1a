package io.fanin.fakes.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;

/** A table of flights, or another one, in a database of its own. */
public record Flights(GlueClient glue, String database, String table) {

    static final Column CARRIER = column("carrier", "string");

    /** In a new database: the keys are {@code dt}, a string, and {@code hour}, an int. */
    public static Flights created(GlueClient glue) {
        String database = "contract_" + UUID.randomUUID().toString().replace("-", "");
        glue.createDatabase(create -> create.databaseInput(input -> input.name(database)));
        return new Flights(glue, database, "").with("flights", column("dt", "string"), column("hour", "int"));
    }

    static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }

    /** Another table of the same database. */
    Flights with(String name, Column... keys) {
        glue.createTable(create -> create.databaseName(database)
                .tableInput(input ->
                        input.name(name).parameters(Map.of("owner", "ops")).partitionKeys(keys)));
        return new Flights(glue, database, name);
    }

    Table described() {
        return glue.getTable(get -> get.databaseName(database).name(table)).table();
    }

    void update(String version, Map<String, String> parameters) {
        glue.updateTable(update -> update.databaseName(database)
                .versionId(version)
                .skipArchive(true)
                .tableInput(input -> input.name(table).parameters(parameters)));
    }

    public List<PartitionError> create(PartitionInput... inputs) {
        return glue.batchCreatePartition(
                        batch -> batch.databaseName(database).tableName(table).partitionInputList(inputs))
                .errors();
    }

    /** A number of partitions, of eight days. */
    List<List<String>> fill(int count) {
        List<PartitionInput> inputs = IntStream.range(0, count)
                .mapToObj(i -> partition("d" + i % 8, "" + i))
                .toList();
        for (int from = 0; from < count; from += 100) {
            create(inputs.subList(from, Math.min(from + 100, count)).toArray(PartitionInput[]::new));
        }
        return inputs.stream().map(PartitionInput::values).toList();
    }

    Partition get(String... values) {
        return glue.getPartition(
                        get -> get.databaseName(database).tableName(table).partitionValues(values))
                .partition();
    }

    List<Partition> partitions(Consumer<GetPartitionsRequest.Builder> options) {
        return glue
                .getPartitionsPaginator(
                        get -> options.accept(get.databaseName(database).tableName(table)))
                .stream()
                .flatMap(page -> page.partitions().stream())
                .toList();
    }

    List<List<String>> valuesOf(Consumer<GetPartitionsRequest.Builder> options) {
        return partitions(options).stream().map(Partition::values).toList();
    }

    /** Those that the expression selects, each as a path. */
    List<String> selected(String expression) {
        return valuesOf(get -> get.expression(expression)).stream()
                .map(values -> String.join("/", values))
                .toList();
    }

    public static PartitionInput partition(String... values) {
        return PartitionInput.builder()
                .values(values)
                .storageDescriptor(
                        storage -> storage.columns(CARRIER).location("s3://lake/" + String.join("/", values) + "/"))
                .build();
    }

    static PartitionInput moved(String... values) {
        return PartitionInput.builder()
                .values(values)
                .parameters(Map.of("rows", "3"))
                .storageDescriptor(storage -> storage.location("s3://moved/"))
                .build();
    }

    static BatchUpdatePartitionRequestEntry update(List<String> of, PartitionInput to) {
        return BatchUpdatePartitionRequestEntry.builder()
                .partitionValueList(of)
                .partitionInput(to)
                .build();
    }

    public static PartitionValueList valueList(String... values) {
        return PartitionValueList.builder().values(Arrays.asList(values)).build();
    }
}
