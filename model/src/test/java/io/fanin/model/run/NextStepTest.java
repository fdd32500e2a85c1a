package io.fanin.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import io.fanin.model.spec.processor.ProcessorSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextStepTest {

    @ParameterizedTest(name = "{1} partitions in the manifest for {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"validate\"} | 0 | REGISTER",
                "{\"type\": \"validate\"} | 1 | PROCESS",
                "{\"type\": \"validate\"} | 500 | PROCESS",
                "{\"type\": \"glue-job\", \"job\": \"delays\"} | 0 | REGISTER",
                "{\"type\": \"glue-job\", \"job\": \"delays\"} | 1 | CHECK",
            })
    void passGoesOnAsItsManifestSays(String processor, int partitions, NextStep expected) {
        assertThat(NextStep.toBegin(Json.read(processor, ProcessorSpec.class, "processor"), partitions))
                .isEqualTo(expected);
    }
}
