package io.fanin.core.tables;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.partition.KeyType;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.table.Column;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.S3Location;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.table.TableName;
import java.util.List;
import java.util.Map;

/** A table of JSON in Glue, partitioned by day. */
public final class RawTable {

    private RawTable() {}

    /** Creates it over {@code s3://lake/<name>/}. */
    public static void create(GlueCatalog catalog, String name, Map<String, String> parameters) {
        catalog.createTableIfAbsent(
                new TableDefinition(
                        TableName.of(name),
                        S3Location.of("s3://lake/" + name + "/"),
                        DataFormat.JSON,
                        CsvOptions.DEFAULT,
                        List.of(new Column("carrier", "string")),
                        List.of(new PartitionKey("dt", KeyType.DATE)),
                        TableDefinition.HIVE_LAYOUT),
                parameters);
    }
}
