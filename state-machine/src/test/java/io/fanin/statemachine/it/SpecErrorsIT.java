package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.glue.model.Column;

/** Input that cannot be run leads to one clear error, without changes. */
@ExtendWith(Platform.class)
class SpecErrorsIT {

    private static final String SPEC = "io.fanin.model.spec.SpecException";
    private static final String ACCESS = "io.fanin.core.s3.S3AccessException";

    private final Pipeline pipeline;
    private TestLake.Table table;

    SpecErrorsIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void aNewTableWithData() {
        table = pipeline.newTable().withHours(1);
    }

    @Test
    void anUnknownFieldIsNamedWithItsPath() {
        ObjectNode spec = table.spec();
        spec.putObject("detection").put("mode", "list").put("lookbak", "PT48H");

        refused(spec, SPEC, "$.detection.lookbak", "unknown field");
    }

    @Test
    void aSpecThatIsNoObject() {
        refused(Json.documents().createArrayNode().add(1), SPEC, "$: expected a JSON object", "array");
    }

    @Test
    void aKeyThatIsAlsoAColumn() {
        ObjectNode spec = table.spec();
        spec.set("columns", TestLake.Table.columns("carrier", "string", "hour", "string"));

        refused(spec, SPEC, "$.partitionKeys[1].name", "'hour' is also a column");
    }

    @Test
    void aLocationOutsideTheAllowedBuckets() {
        refused(table.spec().put("location", "s3://somebody-elses/flights/"), SPEC, "$.location", "somebody-elses");
    }

    @Test
    void aBucketThatDoesNotExist() {
        refused(
                table.spec().put("location", "s3://fanin-it-nowhere/flights/"),
                ACCESS,
                "s3://fanin-it-nowhere/flights/",
                "does not exist");
    }

    @Test
    void aTableThatIsNowhereDescribed() {
        refused(table.names(), SPEC, table.toString());
    }

    @Test
    void aTableWithoutPartitionKeys() {
        pipeline.catalog()
                .create(
                        table,
                        details -> details.tableType("EXTERNAL_TABLE")
                                .storageDescriptor(json -> json.location(table.location())
                                        .columns(Column.builder()
                                                .name("carrier")
                                                .type("string")
                                                .build())));
        var before = pipeline.catalog().get(table);

        Finished run = pipeline.run(table.names());

        assertThat(run.succeeded()).as(run.toString()).isFalse();
        assertThat(run.error()).isEqualTo(SpecException.class.getName());
        assertThat(run.message()).contains(table.toString()).containsIgnoringCase("partition key");
        assertThat(pipeline.catalog().get(table)).isEqualTo(before);
    }

    @Test
    void aRedriveOfARunThatNeverWas() {
        refused(Json.documents().createObjectNode().put("redriveOf", "no-such-run"), "io.fanin.", "no-such-run");
    }

    private void refused(JsonNode input, String error, String... message) {
        Finished run = pipeline.run(input);

        assertThat(run.succeeded()).as(run.toString()).isFalse();
        assertThat(run.error()).startsWith(error);
        assertThat(run.message()).contains(message);
        assertThat(pipeline.catalog().has(table)).isFalse();
        assertThat(pipeline.state().keys(run.name()))
                .as("what the refused run left behind, but for marks of who was told")
                .allMatch(key -> key.contains("/told/"));
    }
}
