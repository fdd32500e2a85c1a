package io.fanin.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.rules.SpecReader;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awssdk.services.glue.model.Table;

/** The parameters of the tables in the template are a spec that the pipeline accepts. */
@ExtendWith(NeedsNode.class)
class ParametersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void streamedTableIsConvertedFromItsLandingFolder() throws IOException {
        JsonNode spec = streamed(Synthesised.clicks()
                .fileFlushInterval(Duration.seconds(60))
                .maxBadRecords("0.05")
                .build());
        assertThat(spec.at("/source/location").asText()).isEqualTo("s3://bucket/landing/clicks/");
        assertThat(spec.at("/source/layout").asText()).isEqualTo("${inserted_at}");
        assertThat(spec.at("/location").asText()).isEqualTo("s3://bucket/clicks/");
        assertThat(spec.at("/format").asText()).isEqualTo("parquet");
        assertThat(spec.at("/layout").asText()).isEqualTo("${inserted_at}");
        assertThat(spec.at("/partitionKeys/0/format").asText()).isEqualTo("yyyy/MM/dd/HH");
        assertThat(spec.at("/processor/type").asText()).isEqualTo("convert");
        assertThat(spec.at("/processor/maxBadRecords").asText()).isEqualTo("0.05");
        assertThat(spec.at("/detection/mode").asText()).isEqualTo("list");
        assertThat(spec.has("enabled")).isFalse();
    }

    @Test
    void hourIsTakenWhenFirehoseHasClosedIt() throws IOException {
        JsonNode spec = streamed(
                Synthesised.clicks().fileFlushInterval(Duration.seconds(900)).build());
        assertThat(spec.at("/detection/readiness/age").asText()).isEqualTo("PT1H20M");
    }

    @Test
    void wholeNumberOfBadRecordsIsAccepted() throws IOException {
        assertThat(streamed(Synthesised.clicks().maxBadRecords("20").build())
                        .at("/processor/maxBadRecords")
                        .asText())
                .isEqualTo("20");
    }

    @Test
    void tableWithItsOwnScheduleIsNotRunWithTheOthers() throws IOException {
        JsonNode spec = streamed(Synthesised.clicks()
                .partitionKeyName("hour_of_arrival")
                .partitionSchedule(Schedule.rate(Duration.minutes(1)))
                .build());
        assertThat(spec.get("enabled").asBoolean()).isFalse();
        assertThat(spec.at("/partitionKeys/0/name").asText()).isEqualTo("hour_of_arrival");
    }

    @Test
    void whatFirehoseConvertsIsValidatedWhereItLies() throws IOException {
        JsonNode spec = streamed(Synthesised.clicks().convertedByFirehose(true).build());
        assertThat(spec.has("source")).isFalse();
        assertThat(spec.at("/location").asText()).isEqualTo("s3://bucket/clicks/");
    }

    @Test
    void hourOfAJobIsTakenWhenItSaysSo() throws IOException {
        Synthesised made = Synthesised.plain();
        made.warehouse()
                .withBatchInputTable(
                        "aggregates", BatchInputTableTest.aggregates().build());
        JsonNode spec = resolved(made, "aggregates");
        assertThat(spec.at("/detection/readiness/marker").asText()).isEqualTo("_SUCCESS");
        assertThat(spec.at("/detection/gaps").asText()).isEqualTo("outstanding");
        assertThat(spec.get("onEmpty").asText()).isEqualTo("register");
        assertThat(spec.get("format").asText()).isEqualTo("json");
    }

    @Test
    void jobThatWritesNoMarkerIsWaitedFor() throws IOException {
        Synthesised made = Synthesised.of(builder -> builder.events(true));
        made.warehouse()
                .withBatchInputTable(
                        "aggregates",
                        BatchInputTableTest.aggregates()
                                .quietPeriod(Duration.minutes(10))
                                .build());
        JsonNode spec = resolved(made, "aggregates");
        assertThat(spec.at("/detection/readiness/quietPeriod").asText()).isEqualTo("PT10M");
        assertThat(spec.at("/detection/mode").asText()).isEqualTo("events");
    }

    @Test
    void hourThatAJobMayLeaveOutIsNotMissed() throws IOException {
        Synthesised made = Synthesised.plain();
        made.warehouse()
                .withBatchInputTable(
                        "aggregates",
                        BatchInputTableTest.aggregates().writesEveryHour(false).build());
        assertThat(resolved(made, "aggregates").at("/detection").has("gaps")).isFalse();
    }

    @Test
    void plainTableIsRunByTheDefaults() throws IOException {
        Synthesised made = Synthesised.plain();
        made.warehouse()
                .withTable(
                        "facts",
                        io.fanin.warehouse.Table.builder()
                                .columns(Column.bigint("id"))
                                .partitionKeys(Column.date("dt"))
                                .build());
        assertThat(resolved(made, "facts").get("layout").asText()).isEqualTo("hive");
    }

    private static JsonNode streamed(StreamingInputTable table) throws IOException {
        Synthesised made = Synthesised.plain();
        made.warehouse().withStreamingInputTable("clicks", table);
        return resolved(made, "clicks");
    }

    /** The spec of a run whose input is only the table's name. */
    private static JsonNode resolved(Synthesised made, String table) throws IOException {
        TableSpec spec = new SpecReader().read(JSON.valueToTree(Map.of("database", "analytics_dw", "table", table)));
        ResolvedSpec resolved =
                SpecResolution.resolve(spec, new CatalogTable(TableName.of("analytics_dw." + table), inGlue(made)));
        return io.fanin.model.json.Json.documents().valueToTree(resolved);
    }

    private static Table inGlue(Synthesised made) {
        JsonNode resource = JSON.valueToTree(made.template().findResources("AWS::Glue::Table"));
        JsonNode input = resource.elements().next().at("/Properties/TableInput");
        JsonNode storage = input.get("StorageDescriptor");
        Map<String, String> parameters = new LinkedHashMap<>();
        input.get("Parameters").properties().forEach(entry -> parameters.put(entry.getKey(), text(entry.getValue())));
        return Table.builder()
                .name(input.get("Name").asText())
                .tableType(input.get("TableType").asText())
                .parameters(parameters)
                .partitionKeys(columns(input.get("PartitionKeys")))
                .storageDescriptor(descriptor -> descriptor
                        .location(text(storage.get("Location")))
                        .columns(columns(storage.get("Columns")))
                        .inputFormat(storage.get("InputFormat").asText())
                        .outputFormat(storage.get("OutputFormat").asText())
                        .serdeInfo(serde -> serde.serializationLibrary(
                                storage.at("/SerdeInfo/SerializationLibrary").asText())))
                .build();
    }

    private static List<software.amazon.awssdk.services.glue.model.Column> columns(JsonNode columns) {
        return columns.valueStream()
                .map(column -> software.amazon.awssdk.services.glue.model.Column.builder()
                        .name(column.get("Name").asText())
                        .type(column.get("Type").asText())
                        .build())
                .toList();
    }

    /** The text as CloudFormation joins it, with the bucket's name in place of a reference. */
    private static String text(JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        StringBuilder joined = new StringBuilder();
        value.at("/Fn::Join/1").forEach(part -> joined.append(part.isTextual() ? part.asText() : "bucket"));
        return joined.toString();
    }
}
