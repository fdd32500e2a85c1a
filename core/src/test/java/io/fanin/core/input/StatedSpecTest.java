package io.fanin.core.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.model.json.Json;
import io.fanin.model.spec.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs in the input of executions, before any of them is started. */
class StatedSpecTest {

    private static final String TABLE = "\"database\": \"analytics\", \"table\": \"flights\"";
    private static final String RAW =
            ", \"source\": {\"location\": \"s3://raw/flights/\", \"format\": \"json\"}, \"processor\": {\"type\": \"convert\"}";

    /** The catalog has the rest. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + TABLE + "}",
                "{" + TABLE + RAW + "}",
                "{\"spec\": {" + TABLE + RAW + "}}",
                "{" + TABLE
                        + ", \"partitionKeys\": [{\"name\": \"at\", \"type\": \"string\"}], \"detection\": {\"lookback\": \"P3D\"}}",
                "{" + TABLE + ", \"waive\": [{\"partition\": \"a=1\", \"reason\": \"lost\", \"by\": \"ann\"}]}",
            })
    void specThatTheCatalogCompletesIsTaken(String input) throws Exception {
        assertThat(StatedSpec.of(json(input))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"spec\": \"s3://lake/specs/flights.json\", \"onPartial\": \"succeed\"}",
                "{\"redriveOf\": \"nightly-1\"}"
            })
    void specThatLiesElsewhereIsNotKnown(String input) throws Exception {
        assertThat(StatedSpec.of(json(input))).isEmpty();
    }

    @Test
    void unknownFieldIsRefused() {
        assertThatThrownBy(() -> StatedSpec.of(json("{" + TABLE + ", \"colums\": []}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.colums");
    }

    @Test
    void keysOfACompleteSpecAreChecked() {
        assertThatThrownBy(() ->
                        StatedSpec.of(json("{" + TABLE + ", \"location\": \"s3://lake/flights/\", \"format\": \"json\","
                                + " \"columns\": [{\"name\": \"a\", \"type\": \"int\"}], \"partitionKeys\": [{\"name\": \"k\", \"type\": \"string\"}],"
                                + " \"detection\": {\"lookback\": \"P3D\"}}")))
                .isInstanceOf(SpecException.class);
    }

    private static JsonNode json(String text) throws Exception {
        return Json.input().readTree(text);
    }
}
