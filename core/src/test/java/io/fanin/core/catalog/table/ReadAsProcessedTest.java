package io.fanin.core.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.model.json.Json;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.TableDefinition;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.Table;

/** Changes of a table's SerDe between a run's detection and its registration. */
class ReadAsProcessedTest {

    private static final String NOT_NULL =
            "{'type':'validate','expect':[{'name':'a','notNull':['carrier'],'atMost':0.1}]}";
    private static final String STRICT = "{'type':'validate','schema':'strict'}";

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiterString = " | ",
            value = {
                "CSV     | {'type':'validate'} | x                           | y  | none",
                "CSV     | {'type':'validate'} | field.delim                 | ;  | is read in another format",
                "CSV     | {'type':'validate'} | escape.delim                | '\\' | is read in another format",
                "CSV     | {'type':'validate'} | serialization.null.format   | '' | is read in another format",
                "CSV     | {'type':'validate'} | serialization.null.format   | \\N | none",
                "CSV     | {'type':'register'} | field.delim                 | ;  | none",
                "JSON    | {'type':'validate'} | mapping.carrier             | x  | none",
                "JSON    | not null            | mapping.carrier             | x  | finds its columns elsewhere (mapping.carrier=x)",
                "PARQUET | {'type':'validate','schema':'ignore'} | parquet.column.index.access | true | none",
                "PARQUET | strict              | parquet.column.index.access | true | finds its columns elsewhere",
            })
    void partitionsAreRegisteredIfReadersFindWhatTheRunHasSeen(
            DataFormat format, String processor, String setting, String value, String refusal) {
        TableDefinition flights = CatalogFixture.DEFINITION;
        TableDefinition definition = new TableDefinition(
                flights.name(),
                flights.location(),
                format,
                CsvOptions.DEFAULT,
                flights.columns(),
                flights.keys(),
                flights.layout());
        CatalogTable table = new CatalogTable(flights.name(), with(setting, value, TableSupportTest.table(definition)));
        ResolvedSpec spec = Specs.of(flights.name(), Map.of("processor", processor(processor)))
                .resolved(definition);

        Throwable refused = catchThrowable(() -> table.requireAsProcessed(spec));

        if (refusal == null) {
            assertThat(refused).isNull();
        } else {
            assertThat(refused)
                    .isExactlyInstanceOf(TableReplacedException.class)
                    .hasMessageContaining("table analytics.flights " + refusal)
                    .hasMessageContaining("Start a new execution");
        }
    }

    private static ProcessorSpec processor(String text) {
        String json = switch (text) {
            case "not null" -> NOT_NULL;
            case "strict" -> STRICT;
            default -> text;
        };
        return Json.read(json.replace('\'', '"'), ProcessorSpec.class, "processor");
    }

    private static Table with(String setting, String value, Table table) {
        SerDeInfo serde = table.storageDescriptor().serdeInfo();
        Map<String, String> settings = new HashMap<>(serde.parameters());
        settings.put(setting, value);
        return table.toBuilder()
                .storageDescriptor(storage -> storage.columns(
                                table.storageDescriptor().columns())
                        .location(table.storageDescriptor().location())
                        .inputFormat(table.storageDescriptor().inputFormat())
                        .outputFormat(table.storageDescriptor().outputFormat())
                        .serdeInfo(serde.toBuilder().parameters(settings).build()))
                .build();
    }
}
