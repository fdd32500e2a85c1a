package io.fanin.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8BeginningTest {

    @ParameterizedTest
    @CsvSource({
        "'',       4, ''",
        "abcd,     4, abcd",
        "abcde,    4, abcd",
        "\u00e9\u00e9\u00e9, 5, \u00e9\u00e9",
        "a\u20ac,  3, a",
        "a\u20ac,  4, a\u20ac",
        "a\ud83d\ude00b, 4, a",
        "a\ud83d\ude00b, 5, a\ud83d\ude00",
        // half of a pair is written as a question mark
        "\ud83da, 2, \ud83da",
    })
    void endsBehindAWholeCharacter(String text, int bytes, String beginning) {
        assertThat(Utf8Beginning.of(text, bytes)).isEqualTo(beginning);
    }
}
