package io.fanin.core.tables;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;

/** A table of JSON in Glue, partitioned by day, or by day and hour. */
public final class RawTable {

    private RawTable() {}

    /** Creates it over {@code s3://lake/<name>/}. */
    public static void create(GlueCatalog catalog, String name, Map<String, String> parameters) {
        create(catalog, TableName.of(name), parameters);
    }

    /** The same, partitioned by hours. */
    public static void createHourly(GlueCatalog catalog, String name, Map<String, String> parameters) {
        create(
                catalog,
                TableName.of(name),
                List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT)),
                parameters);
    }

    /** The same by days, with a name that other tools can give it. */
    static void create(GlueCatalog catalog, TableName name, Map<String, String> parameters) {
        create(catalog, name, List.of(new PartitionKey("dt", KeyType.DATE)), parameters);
    }

    private static void create(
            GlueCatalog catalog, TableName name, List<PartitionKey> keys, Map<String, String> parameters) {
        catalog.createTableIfAbsent(
                new TableDefinition(
                        name,
                        S3Location.of("s3://lake/" + name + "/"),
                        DataFormat.JSON,
                        CsvOptions.DEFAULT,
                        List.of(new Column("carrier", "string")),
                        keys,
                        TableDefinition.HIVE_LAYOUT),
                parameters);
    }
}
