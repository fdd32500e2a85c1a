package io.fanin.model.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.Column;
import io.fanin.model.table.KeyZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedSpecTest {

    private static final String FLIGHTS = """
            {"database":"analytics","table":"flights","location":"s3://lake/flights/","format":"json",\
            "columns":[{"name":"carrier","type":"string"}],"partitionKeys":[{"name":"dt","type":"date"}],\
            "layout":"hive"}""";

    @Test
    void isWrittenAsTheSpecThatItIs() throws JsonProcessingException {
        ResolvedSpec spec = read(FLIGHTS);

        assertThat(Json.text(spec)).isEqualTo(FLIGHTS);
        assertThat(spec.document()).isEqualTo(Json.documents().readValue(FLIGHTS, TableSpec.class));
    }

    @Test
    void whatIsNotStatedIsTheDefault() throws JsonProcessingException {
        ResolvedSpec spec = read(FLIGHTS);

        assertThat(spec.processor()).isEqualTo(ProcessorSpec.Validate.DEFAULT);
        assertThat(spec.detection()).isEqualTo(DetectionSpec.Listing.DEFAULT);
        assertThat(spec.onEmpty()).isEqualTo(OnEmpty.FAIL);
        assertThat(spec.onPartial()).isEqualTo(OnPartial.FAIL);
        assertThat(spec.onNewColumns()).isEqualTo(OnNewColumns.FAIL);
        assertThat(spec.timeZoneOrUtc()).isEqualTo(KeyZone.UTC);
        assertThat(spec.partitionsToVerify()).isZero();
        assertThat(spec.partitionIndexes()).isEmpty();
        assertThat(spec.source()).isEmpty();
    }

    @Test
    void rawRecordsHaveTheTablesColumnsUnlessTheSourceHasItsOwn() throws JsonProcessingException {
        String source = ",\"source\":{\"location\":\"s3://landing/\"%s}}";
        String table = FLIGHTS.substring(0, FLIGHTS.length() - 1);

        assertThat(read(table + source.formatted("")).sourceColumns()).containsExactly(new Column("carrier", "string"));
        assertThat(read(table + source.formatted(",\"columns\":[{\"name\":\"delay\",\"type\":\"int\"}]"))
                        .sourceColumns())
                .containsExactly(new Column("delay", "int"));
    }

    @Test
    void verifiesAsManyPartitionsAsAreAskedFor() throws JsonProcessingException {
        String table = FLIGHTS.substring(0, FLIGHTS.length() - 1);

        assertThat(read(table + ",\"verify\":{}}").partitionsToVerify()).isEqualTo(500);
        assertThat(read(table + ",\"verify\":{\"partitionsPerRun\":7}}").partitionsToVerify())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"location", "format", "columns", "partitionKeys", "layout"})
    void documentHasToDefineTheTable(String field) throws JsonProcessingException {
        ObjectNode document = (ObjectNode) Json.documents().readTree(FLIGHTS);
        document.remove(field);

        assertThatThrownBy(() -> read(document.toString())).hasMessageContaining("the spec is not resolved");
    }

    @Test
    void documentHasToNameATable() {
        assertThatThrownBy(() -> read(FLIGHTS.replace("\"flights\"", "\"a b\"")))
                .hasMessageContaining("analytics.a b");
    }

    private static ResolvedSpec read(String json) throws JsonProcessingException {
        return Json.documents().readValue(json, ResolvedSpec.class);
    }
}
