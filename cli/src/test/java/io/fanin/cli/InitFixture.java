package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.model.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tables and folders as left by other tools. */
final class InitFixture {

    private String database = "raw";

    static final String PARQUET = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe";
    static final String JSON = "org.openx.data.jsonserde.JsonSerDe";
    static final String TEXT_INPUT = "org.apache.hadoop.mapred.TextInputFormat";

    private static final Pattern READ = Pattern.compile("Get.*|List.*|BatchGet.*|Head.*");

    final CliFixture cli = new CliFixture();

    InitFixture() {
        cli.aws.glue().createDatabase("raw");
    }

    /** A table at {@code s3://lake/<name>/}. */
    InitFixture table(String name, String keys, String serDe, String input, Map<String, String> parameters) {
        ObjectNode table = Json.documents().createObjectNode().put("Name", name).put("TableType", "EXTERNAL_TABLE");
        ObjectNode storage = table.putObject("StorageDescriptor").put("Location", "s3://lake/" + name);
        storage.putArray("Columns").addObject().put("Name", "v").put("Type", "string");
        storage.put("InputFormat", input);
        storage.putObject("SerdeInfo").put("SerializationLibrary", serDe);
        Arrays.stream(keys.split(" ", -1))
                .filter(key -> !key.isEmpty())
                .map(key -> key.split(":", 2))
                .forEach(key -> table.withArray("PartitionKeys")
                        .addObject()
                        .put("Name", key[0])
                        .put("Type", key[1]));
        parameters.forEach(table.putObject("Parameters")::put);
        cli.aws.glue().putTable(database, name, table);
        return this;
    }

    /** Sets the database of the next tables. */
    InitFixture in(String other) {
        database = other;
        return this;
    }

    InitFixture table(String name, String keys, Map<String, String> parameters) {
        return table(name, keys, PARQUET, "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", parameters);
    }

    InitFixture table(String name, String keys) {
        return table(name, keys, Map.of());
    }

    /** Changes how a table is stored, as another tool does. */
    InitFixture stored(String table, Consumer<ObjectNode> change) {
        cli.aws.glue().alterTable("raw", table, input -> change.accept((ObjectNode) input.get("StorageDescriptor")));
        return this;
    }

    /** An object in each of these folders below the table's. */
    InitFixture data(String table, String... paths) {
        for (String path : paths) {
            cli.aws.s3().put("lake", table + "/" + path + "/part-0.parquet", "x");
        }
        return this;
    }

    /** A registered partition at its path below the table's folder. */
    InitFixture registered(String table, String path, String... values) {
        cli.aws.glue().putPartition("raw", table, List.of(values), "s3://lake/" + table + "/" + path + "/");
        return this;
    }

    /** Raw data without a table, in {@code s3://lake/raw/}. */
    InitFixture raw(String key, String content) {
        cli.aws.s3().put("lake", "raw/" + key, content);
        return this;
    }

    /** Runs the command for a table as JSON, and checks that nothing was written. */
    JsonNode init(String table) {
        return proposal("raw." + table);
    }

    /** Runs the command for the raw data as JSON, and checks that nothing was written. */
    JsonNode initRaw() {
        return proposal("s3://lake/raw/");
    }

    private JsonNode proposal(String of) {
        cli.aws.log().reset();
        Done done = cli.run("init", "--output", "json", of);
        assertThat(done.err()).isEmpty();
        assertNothingWritten();
        return done.json();
    }

    void assertNothingWritten() {
        assertThat(cli.aws.log().calls())
                .allSatisfy(call -> assertThat(call.operation()).matches(READ));
        assertThat(cli.calls).as("of CloudFormation and STS").isEmpty();
        assertThat(cli.stepFunctions.calls).isEmpty();
    }

    static String texts(JsonNode proposal) {
        return proposal.path("findings").toString();
    }

    /** The spec without the names of the table, with single quotes. */
    static String spec(JsonNode proposal) {
        ObjectNode spec = proposal.path("spec").deepCopy();
        spec.remove(List.of("database", "table"));
        return spec.toString().replace('"', '\'');
    }

    /** A count, with {@code +} if there may be more, and {@code ~} if it is an estimate. */
    static String count(JsonNode proposal, String name) {
        JsonNode amount = proposal.path("firstRun").path(name);
        return amount.path("count").asText()
                + switch (amount.path("precision").asText()) {
                    case "EXACT" -> "";
                    case "AT_LEAST" -> "+";
                    default -> "~";
                };
    }
}
