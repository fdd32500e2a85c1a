package io.fanin.processor;

import java.util.Map;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;

/** Tables in Glue that others have made. */
final class ForeignTables {

    private ForeignTables() {}

    /** The table {@code analytics.carriers} of JSON, without partitions. */
    static void carriers(GlueClient glue, String location) {
        glue.createTable(request -> request.databaseName("analytics")
                .tableInput(table -> table.name("carriers")
                        .tableType("EXTERNAL_TABLE")
                        .parameters(Map.of("classification", "json"))
                        .storageDescriptor(storage -> storage.location(location)
                                .columns(Column.builder()
                                        .name("code")
                                        .type("string")
                                        .build())
                                .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                                .outputFormat("org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat")
                                .serdeInfo(
                                        serde -> serde.serializationLibrary("org.openx.data.jsonserde.JsonSerDe")))));
    }
}
