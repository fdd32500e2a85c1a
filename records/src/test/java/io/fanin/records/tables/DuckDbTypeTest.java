package io.fanin.records.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.text.CountedChars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbTypeTest {

    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "TIMESTAMP[]; VARCHAR[]",
                "STRUCT(at TIMESTAMP WITH TIME ZONE, n TINYINT); STRUCT(at VARCHAR, n TINYINT)",
                "MAP(VARCHAR, TIMESTAMP_NS); MAP(VARCHAR, VARCHAR)",
                "STRUCT(\"TIMESTAMP,\" INTEGER, b TIMESTAMP_S); STRUCT(\"TIMESTAMP,\" INTEGER, b VARCHAR)"
            })
    void nestedTimestampsAreTexts(String shown, String text) {
        assertThat(DuckDbType.withoutMoments(shown)).hasValue(text);
    }

    /** A file's field names may contain any characters. */
    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP", "\"", "\"a", "'", "TIMESTAMP ", "TIMESTAMP WITH TIME ZONE ", "T", "("})
    void namesOfFieldsAreReadInASingleWay(String unit) {
        CountedChars shown = new CountedChars("STRUCT(" + unit.repeat(MEGABYTE / unit.length()) + " INTEGER)");

        DuckDbType.withoutMoments(shown);

        assertThat(shown.reads()).isLessThan(20L * MEGABYTE);
    }

    @Test
    void typesWithoutTimestampsStayAsTheyAre() {
        assertThat(DuckDbType.withoutMoments("STRUCT(a INTEGER, \"TIMESTAMP[]\" VARCHAR)"))
                .isEmpty();
    }
}
