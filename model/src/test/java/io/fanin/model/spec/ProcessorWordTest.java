package io.fanin.model.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.processor.ProcessorSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorWordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"validate\"}",
                "{\"type\":\"register\"}",
                "{\"type\":\"convert\"}",
                "{\"type\":\"custom\",\"name\":\"a.B\"}",
                "{\"type\":\"sql\",\"query\":\"SELECT 1\"}",
                "{\"type\":\"glue-job\",\"job\":\"a\"}"
            })
    void typeIsTheWordOfSpecs(String json) {
        ProcessorSpec processor = Json.read(json, ProcessorSpec.class, "processor");

        assertThat(json).contains("\"" + processor.type() + "\"");
        assertThat(Json.documents()
                        .<JsonNode>valueToTree(processor)
                        .path("type")
                        .textValue())
                .isEqualTo(processor.type());
    }
}
