package io.fanin.model.spec.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit of bad records. */
class BadRecordLimitTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "17, 17", "\"17\", 17", "0.0, 0", "\".0\", 0", "999999999999999999, 999999999999999999"})
    void wholeNumberIsACountOfRecords(String json, long records) throws JsonProcessingException {
        assertThat(read(json)).isEqualTo(new BadRecordLimit.Count(records));
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.01", "\"0.01\", 0.01", "\".5\", 0.5", "5e-1, 0.5", "0.000001, 0.000001", "0.50, 0.5"})
    void numberBelowOneIsARatio(String json, BigDecimal ratio) throws JsonProcessingException {
        assertThat(read(json)).isEqualTo(new BadRecordLimit.Ratio(ratio));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "1.0", "1.5", "-0.1", "\"\"", "\"1%\"", "\"1e3\"", "\".\"", "true", "[]", "{}", "1e19"})
    void anythingElseIsRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .hasMessageContaining("expected a whole number of records, or a ratio below 1 such as 0.01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "17", "0.01", "0.000000001"})
    void isReadAsWritten(String json) throws JsonProcessingException {
        BadRecordLimit limit = read(json);

        assertThat(read(Json.text(limit))).isEqualTo(limit);
    }

    @Test
    void countIsReachedButNotPassed() throws JsonProcessingException {
        BadRecordLimit two = read("2");

        assertThat(two.allows(2, 2)).isTrue();
        assertThat(two.allows(3, 1_000_000)).isFalse();
    }

    @Test
    void ratioIsOfAllRecords() throws JsonProcessingException {
        BadRecordLimit tenth = read("0.1");

        assertThat(tenth.allows(10, 100)).isTrue();
        assertThat(tenth.allows(11, 100)).isFalse();
        assertThat(tenth.allows(0, 0)).isTrue();
        assertThat(tenth.allows(1, 1)).isFalse();
    }

    private static BadRecordLimit read(String json) throws JsonProcessingException {
        return Json.input().readValue(json, BadRecordLimit.class);
    }
}
