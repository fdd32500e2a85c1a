package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.assertRefused;
import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for custom processors. */
class CustomSpecTest {

    private static final String SOURCE = "'source': {'location': 's3://landing/flights/'}, ";

    @Test
    void optionsAreTheProcessorsOwnAndReadAsWritten() throws JsonProcessingException {
        TableSpec spec = read(spec(SOURCE + "'processor': {'type': 'custom', 'name': 'pairs',"
                + " 'options': {'deep': [1, {'er': null}], 'x': 1.50}}"));

        assertThat(spec.processorOrDefault()).isInstanceOfSatisfying(ProcessorSpec.Custom.class, custom -> {
            assertThat(custom.name()).isEqualTo("pairs");
            assertThat(custom.options().orElseThrow().path("deep").path(0).intValue())
                    .isEqualTo(1);
        });
        assertThat(read(Json.text(spec))).isEqualTo(spec);
        assertThat(Json.documents().readValue(Json.text(spec), TableSpec.class)).isEqualTo(spec);
    }

    @Test
    void rawDataMayBeParquet() throws JsonProcessingException {
        assertThat(read(spec("'source': {'location': 's3://landing/flights/', 'format': 'parquet'},"
                                + " 'processor': {'type': 'custom', 'name': 'pairs'}"))
                        .source())
                .isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'processor': {'type': 'custom', 'name': 'pairs'} | $.source: is missing: it says where the data lies that the"
                        + " processor 'pairs' reads",
                "'source': {'location': 's3://landing/'}, 'processor': {'type': 'custom'} | $.processor.name: is missing",
                "'source': {'location': 's3://landing/'}, 'processor': {'type': 'custom', 'name': ' '} | $.processor.name: is"
                        + " empty",
                "'source': {'location': 's3://landing/'}, 'processor': {'type': 'custom', 'name': 'a', 'options': [1]} |"
                        + " $.processor.options: expected an object, found an array",
            })
    void whatIsMissingIsNamed(String fields, String problem) {
        assertRefused(spec(fields), problem);
    }
}
