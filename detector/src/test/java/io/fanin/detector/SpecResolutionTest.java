package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.tables.SpecResolution;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.spec.OnEmpty;
import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.Column;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A spec completed by the catalog, or refused by it. */
class SpecResolutionTest {

    private static final String CSV = ", 'csv': {'delimiter': ';', 'header': false}";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void everythingThatAnAbsentTableLacksIsNamed() {
        assertThatThrownBy(() -> resolve(NAMES))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: "
                                + "$.location: is missing, and the catalog has no table analytics.flights to take it from; "
                                + "$.format: is missing, and the catalog has no table analytics.flights to take it from; "
                                + "$.columns: is missing, and the catalog has no table analytics.flights to take it from; "
                                + "$.partitionKeys: is missing, and the catalog has no table analytics.flights to take it from");
    }

    @Test
    void existingTableSaysAllThatTheSpecLeavesOut() {
        fixture.table("");

        assertThat(resolve(NAMES).definition())
                .isEqualTo(DetectorFixture.resolved(COMPLETE + ", 'layout': 'hive'")
                        .definition());
    }

    @Test
    void specThatRepeatsTheTableIsNoContradiction() {
        fixture.table("");
        String spec =
                COMPLETE.replace("carrier", "Carrier").replace("'int'", "'INT'").replace("'dt'", "'DT'");

        assertThat(resolve(spec).definition()).isEqualTo(resolve(NAMES).definition());
    }

    @Test
    void rawDataHasTheTablesKeysWithoutTheLengthOfItsPeriods() {
        ResolvedSpec resolved = resolve(NAMES
                + ", 'location': 's3://lake/made/', 'format': 'parquet', 'columns': [{'name': 'carrier', 'type': 'string'}],"
                + " 'partitionKeys': [{'name': 'dt', 'type': 'date'}, {'name': 'hour', 'type': 'int'},"
                + " {'name': 'minute', 'type': 'int', 'interval': 15}], 'processor': {'type': 'convert'},"
                + " 'source': {'location': 's3://raw/made/', 'format': 'json'}");

        assertThat(resolved.source().orElseThrow().keys().getLast()).isEqualTo(new PartitionKey("minute", KeyType.INT));
        assertThat(resolved.definition().keys().getLast().interval()).hasValue(15);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'format': 'parquet' | $.format: contradicts the catalog: the table's is json",
                "'columns': [{'name': 'carrier', 'type': 'string'}] | $.columns: contradicts the catalog: number 2 is absent in"
                        + " the spec and 'delay int' in the table",
                "'columns': [{'name': 'carrier', 'type': 'int'}, {'name': 'delay', 'type': 'int'}] | $.columns: contradicts the"
                        + " catalog: number 1 is 'carrier int' in the spec and 'carrier string' in the table",
                "'partitionKeys': [{'name': 'hour', 'type': 'int'}, {'name': 'dt', 'type': 'date'}] | $.partitionKeys:"
                        + " contradicts the catalog: number 1 is 'hour int' in the spec and 'dt date' in the table",
                "'partitionKeys': [{'name': 'dt', 'type': 'string'}, {'name': 'hour', 'type': 'int'}] | $.partitionKeys:"
                        + " contradicts the catalog: number 1 is 'dt string' in the spec and 'dt date' in the table",
                "'csv': {} | $.csv: contradicts the catalog: the table's format is json",
            })
    void contradictionNamesWhatTheSpecAndTheTableSay(String field, String problem) {
        fixture.table("");

        assertThatThrownBy(() -> resolve(NAMES + ", " + field))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageStartingWith(
                        "The table spec cannot be run: " + problem + "; leave the field out, or correct it")
                .hasMessageEndingWith(OTHERWISE);
    }

    @Test
    void changeOfAColumnSaysHowTheTableIsKept() {
        fixture.table("");

        assertThatThrownBy(() -> resolve(
                        NAMES + ", 'columns': [{'name': 'carrier', 'type': 'int'}, {'name': 'delay', 'type': 'int'}]"))
                .hasMessageContaining(
                        "or correct it, or change the table's columns first (ALTER TABLE), and then name its partitions"
                                + " in a run; if");
    }

    private static final String OTHERWISE =
            "; if it is the table that is wrong and no partition of it is to be kept, drop it (aws glue delete-table"
                    + " --database-name analytics --name flights): the next run creates it as the spec has it";

    private static final String APPEND = ", 'onNewColumns': 'append', 'columns': ";

    @Test
    void columnsBehindTheTablesOwnAreAddedWhereTheSpecSaysSo() {
        fixture.table("");

        assertThat(resolve(NAMES + APPEND
                                + "[{'name': 'Carrier', 'type': 'string'}, {'name': 'delay', 'type': 'INT'}, {'name':"
                                + " 'gate', 'type': 'string'}]")
                        .definition()
                        .columns())
                .containsExactly(
                        new Column("carrier", "string"), new Column("delay", "int"), new Column("gate", "string"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'name': 'carrier', 'type': 'string'}] | number 2 is absent in the spec",
                "[{'name': 'carrier', 'type': 'string'}, {'name': 'late', 'type': 'int'}, {'name': 'gate', 'type': 'int'}] |"
                        + " number 2 is 'late int' in the spec and 'delay int' in the table",
                "[{'name': 'carrier', 'type': 'string'}, {'name': 'delay', 'type': 'bigint'}, {'name': 'gate', 'type': 'int'}] |"
                        + " number 2 is 'delay bigint' in the spec",
                "[{'name': 'delay', 'type': 'int'}, {'name': 'carrier', 'type': 'string'}, {'name': 'gate', 'type': 'int'}] |"
                        + " number 1 is 'delay int' in the spec",
            })
    void anythingButAddingAtTheEndIsRefused(String columns, String problem) {
        fixture.table("");

        assertThatThrownBy(() -> resolve(NAMES + APPEND + columns))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContainingAll(problem, "only columns behind the table's own can be added");
    }

    @Test
    void columnsThatMayNotBeAddedAreRefusedWithAHint() {
        fixture.table("");

        assertThatThrownBy(
                        () -> resolve(NAMES + ", 'columns': [{'name': 'carrier', 'type': 'string'}, {'name': 'delay',"
                                + " 'type': 'int'}, {'name': 'gate', 'type': 'string'}]"))
                .hasMessageContainingAll(
                        "number 3 is 'gate string' in the spec and absent in the table",
                        "or say \"onNewColumns\": \"append\" to have it added to the table");
    }

    @Test
    void addedColumnNamedLikeAKeyIsRefused() {
        fixture.table("");

        assertThatThrownBy(() -> resolve(NAMES + APPEND
                        + "[{'name': 'carrier', 'type': 'string'}, {'name': 'delay', 'type': 'int'}, {'name': 'HOUR', 'type':"
                        + " 'int'}]"))
                .hasMessageContaining("$.partitionKeys[1].name: 'hour' is also a column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'delimiter': ';'}",
                "{'nullText': '\\\\N'}",
                "{'header': false}",
                "{'quoted': false, 'delimiter': ';'}"
            })
    void csvThatTheSpecLeavesOutIsTheTables(String csv) {
        csvTable();

        assertThat(resolve(NAMES + ", 'csv': " + csv).definition().csv().delimiter())
                .isEqualTo(';');
    }

    @Test
    void csvThatContradictsTheTableIsRefused() {
        csvTable();

        assertThatThrownBy(() -> resolve(NAMES + ", 'csv': {'header': true}"))
                .hasMessage(
                        "The table spec cannot be run: $.csv: contradicts the catalog: the table has the delimiter ';',"
                                + " unquoted fields, no header and the null text '\\N'"
                                + "; leave the field out, or correct it" + OTHERWISE);
    }

    @Test
    void nullTextThatIsNotTheTablesIsRefused() {
        csvTable();

        assertThatThrownBy(() -> resolve(NAMES + ", 'csv': {'nullText': 'NA'}"))
                .hasMessageContaining(
                        "the table has the delimiter ';', unquoted fields, no header and the null text '\\N'");
    }

    /** Those who run this did not choose the types, and cannot change them. */
    @Test
    void typesThatOnlyTheCatalogSaysAreNotJudged() {
        fixture.table("")
                .aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        input -> ((ObjectNode) input.path("StorageDescriptor")
                                        .path("Columns")
                                        .get(1))
                                .put("Type", "timestamp with local time zone"));

        assertThat(resolve(NAMES).definition().columns().get(1).type()).isEqualTo("timestamp with local time zone");
    }

    @Test
    void layoutOfTheSpecHasToFitTheKeysOfTheTable() {
        fixture.table("");

        assertThatThrownBy(() -> resolve(NAMES + ", 'layout': '${year}'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $.layout: the layout names '${year}', which is none of the"
                        + " partition keys [dt, hour]");
    }

    @Test
    void tableWhosePartitionsNobodyWouldReadIsRefused() {
        fixture.table("").alterParameter("projection.enabled", "true");

        assertThatThrownBy(() -> resolve(NAMES))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageStartingWith("The table spec cannot be run: $.table: table analytics.flights has"
                        + " projection.enabled=true");
    }

    private void parameters(Map<String, String> parameters) {
        fixture.table("");
        fixture.aws
                .glue()
                .alterTable("analytics", "flights", table -> parameters.forEach(table.withObject("/Parameters")::put));
    }

    @Test
    void parametersOfTheTableSayWhatTheSpecLeavesOut() {
        parameters(Map.of(
                "fanin.detection", "{\"mode\": \"full\", \"readiness\": {\"quietPeriod\": \"PT10M\"}}",
                "fanin.onEmpty", "skip",
                "fanin.onPartial", "succeed",
                "fanin.enabled", "false"));

        ResolvedSpec spec = resolve(NAMES);

        assertThat(spec.detection()).isInstanceOf(DetectionSpec.Full.class);
        assertThat(spec.detection().readiness()).isPresent();
        assertThat(spec.onEmpty()).isEqualTo(OnEmpty.SKIP);
        assertThat(spec.onPartial()).isEqualTo(OnPartial.SUCCEED);
        assertThat(spec.document().enabledOrDefault()).isFalse();
    }

    @Test
    void fieldsOfTheSpecWinOverParameters() {
        parameters(Map.of("fanin.detection", "{\"mode\": \"full\"}", "fanin.onEmpty", "none of these"));

        ResolvedSpec spec = resolve(NAMES + ", 'detection': {'mode': 'list', 'lookback': 'P3D'}, 'onEmpty': 'fail'");

        assertThat(spec.detection()).isInstanceOf(DetectionSpec.Listing.class);
        assertThat(spec.onEmpty()).isEqualTo(OnEmpty.FAIL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fanin.detection | {                    | $.detection: the table's parameter fanin.detection is not JSON",
                "fanin.detection | {\"mode\": \"guess\"}  | in the table's parameter fanin.detection",
                "fanin.onEmpty   | maybe                | in the table's parameter fanin.onEmpty",
                "fanin.enabled   | \"no\"               | expected true or false, found 'no', in the table's parameter",
            })
    void parameterThatIsWrongIsNamed(String parameter, String value, String message) {
        parameters(Map.of(parameter, value));

        assertThatThrownBy(() -> resolve(NAMES))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(message);
    }

    private void csvTable() {
        String spec = COMPLETE.replace("'json'", "'csv'") + ", 'layout': 'hive'" + CSV;
        fixture.catalog.createTableIfAbsent(DetectorFixture.resolved(spec).definition(), Map.of());
    }

    private ResolvedSpec resolve(String fields) {
        TableSpec spec = DetectorFixture.spec(fields);
        return fixture.catalog
                .table(spec.tableName())
                .map(table -> SpecResolution.resolve(spec, table))
                .orElseGet(() -> SpecResolution.resolveNew(spec));
    }
}
