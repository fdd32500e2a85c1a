package io.fanin.warehouse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.glue.CfnTable;
import software.amazon.awscdk.services.glue.CfnTable.ColumnProperty;
import software.amazon.awscdk.services.glue.CfnTable.SerdeInfoProperty;
import software.amazon.awscdk.services.glue.CfnTable.StorageDescriptorProperty;
import software.amazon.awscdk.services.glue.CfnTable.TableInputProperty;
import software.constructs.Construct;

/** Creates tables in Glue in the form that the pipeline and query engines expect. */
final class GlueTables {

    private final String database;
    private final RemovalPolicy removal;

    GlueTables(String database, RemovalPolicy removal) {
        this.database = database;
        this.removal = removal;
    }

    /**
     * The table.
     *
     * @param name in Glue
     * @param parameters the pipeline's settings for it
     */
    CfnTable create(Construct scope, String name, Table table, String location, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("classification", table.dataFormat().label());
        CfnTable created = CfnTable.Builder.create(scope, "Table")
                .catalogId(Stack.of(scope).getAccount())
                .databaseName(database)
                .tableInput(TableInputProperty.builder()
                        .name(name)
                        .tableType("EXTERNAL_TABLE")
                        .parameters(all)
                        .partitionKeys(columns(table.partitionKeys()))
                        .storageDescriptor(storage(table, location))
                        .build())
                .build();
        created.applyRemovalPolicy(removal);
        return created;
    }

    private static StorageDescriptorProperty storage(Table table, String location) {
        return StorageDescriptorProperty.builder()
                .location(location)
                .columns(columns(table.columns()))
                .inputFormat(table.dataFormat().input())
                .outputFormat(table.dataFormat().output())
                .serdeInfo(SerdeInfoProperty.builder()
                        .serializationLibrary(table.dataFormat().serde())
                        .parameters(Map.of("serialization.format", "1"))
                        .build())
                .build();
    }

    private static List<ColumnProperty> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> ColumnProperty.builder()
                        .name(column.name())
                        .type(column.type())
                        .build())
                .toList();
    }
}
