package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.assertRefused;
import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules for the processor {@code register}. */
class RegisterSpecTest {

    @Test
    void typeIsAllItHas() throws JsonProcessingException {
        TableSpec spec = read(spec("'processor': {'type': 'register'}"));

        assertThat(spec.processorOrDefault()).isEqualTo(new ProcessorSpec.Register());
        assertThat(Json.text(spec.processorOrDefault())).isEqualTo("{\"type\":\"register\"}");
        assertThat(read(Json.text(spec))).isEqualTo(spec);
        assertThat(spec.processorOrDefault().makesPartitions()).isFalse();
        assertThat(NextStep.toBegin(spec.processorOrDefault(), 1))
                .as("nothing to check")
                .isEqualTo(NextStep.PROCESS);
        assertThat(spec.processorOrDefault().partitionsPerBatch()).isEqualTo(50);
    }

    @Test
    void formatOfItsTableMayBeAny() throws JsonProcessingException {
        assertThat(read(spec("'format': 'other', 'processor': {'type': 'register'}"))
                        .format()
                        .orElseThrow()
                        .label())
                .isEqualTo("other");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'processor': {'type': 'register', 'types': true} | $.processor.types: unknown field, expected none",
                "'processor': {'type': 'register'}, 'source': {'location': 's3://landing/flights/'} | $.source: is only for the"
                        + " processors convert, sql, custom and glue-job: register takes the table's objects as they are",
                "'processor': {'type': 'register'}, 'takesOver': 'analytics.old' | $.takesOver: is only for tables whose"
                        + " partitions are made: register shares a folder with any table",
                "'format': 'other' | $.format: 'other' is only for the processor register, which reads no data",
                "'processor': {'type': 'custom', 'name': 'a'}, 'source': {'location': 's3://landing/flights/', 'format': 'other'}"
                        + " | $.source.format: expected json, csv or parquet, found other, which no processor reads"
            })
    void whatCannotBeIsNamed(String fields, String problem) {
        assertRefused(spec(fields), problem);
    }
}
