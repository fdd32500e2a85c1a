package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A table in a catalog and a bucket in memory, and queries over it. */
final class QueryFixture {

    static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT));

    final CliFixture cli = new CliFixture();
    final GlueCatalog catalog = new GlueCatalog(cli.aws.glue().client());

    List<String> csv(String sql) {
        Done done = cli.run("query", "--csv", sql);
        assertThat(done.code()).as(done.err()).isZero();
        return done.lines();
    }

    void flights() {
        CatalogTable table = create(DataFormat.JSON, CsvOptions.DEFAULT, KEYS);
        register(table, "2013-02-08", "17", "a/");
        register(table, "2013-02-08", "18", "b/");
        put("a/1.json", "{\"carrier\": \"UA\", \"n\": 1}\n{\"carrier\": \"B6\", \"n\": 2}\n");
        put("a/_SUCCESS", "x");
        put("a/empty.json", "");
        cli.aws.s3().put("lake", "b/1.json.gz", gzip("{\"n\": 3}\n"));
        put("bb/1.json", "{\"carrier\": \"no partition\", \"n\": 9}\n");
        put("c/1.json", "{\"carrier\": \"not registered\", \"n\": 9}\n");
    }

    CatalogTable create(DataFormat format, CsvOptions csv, List<PartitionKey> keys, Column... columns) {
        return catalog.createTableIfAbsent(
                new TableDefinition(
                        CliFixture.FLIGHTS,
                        S3Location.of("s3://lake/a/"),
                        format,
                        csv,
                        columns.length > 0
                                ? List.of(columns)
                                : List.of(new Column("carrier", "string"), new Column("n", "int")),
                        keys,
                        TableDefinition.HIVE_LAYOUT),
                Map.of());
    }

    void register(CatalogTable table, String dt, String hour, String prefix) {
        catalog.register(
                table,
                List.of(new PartitionRegistration(PartitionValues.of(dt, hour), "s3://lake/" + prefix, Map.of())));
    }

    void put(String key, String content) {
        cli.aws.s3().put("lake", key, content);
    }

    private static byte[] gzip(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
