package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiveNamesTest {

    /** The characters of Hive's FileUtils.escapePathName. */
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";

    @Test
    void exactlyHivesCharactersAreEscaped() {
        for (char c = 0; c < 0x300; c++) {
            String text = "a" + c + "b";
            boolean special = c < 0x20 || ESCAPED.indexOf(c) >= 0;

            assertThat(HiveNames.escape(text))
                    .as("character %04X", (int) c)
                    .isEqualTo(special ? "a%%%02Xb".formatted((int) c) : text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "}", "é", "日本", "😀", "~", "&", "+", ".", "a b"})
    void othersStayAsTheyAre(String text) {
        assertThat(HiveNames.escape(text)).isEqualTo(text);
        assertThat(HiveNames.unescape(text)).isEqualTo(text);
    }

    @Test
    void emptyIsWrittenAsNull() {
        assertThat(HiveNames.escape("")).isEqualTo("__HIVE_DEFAULT_PARTITION__");
        assertThat(HiveNames.unescape("")).isEmpty();
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "a%3Ab, a:b",
        "a%3ab, a:b",
        "12%3A30%3A00, 12:30:00",
        "100%25, 100%",
        "%2541, %41",
        "%25252F, %252F",
        "caf%C3%A9, café",
        "%E6%97%A5%e6%9c%ac, 日本",
        "%F0%9F%98%80, 😀",
        "%3A%C3%A9%2F, :é/",
        "a+b, a+b",
    })
    void escapesAreDecodedOnce(String escaped, String text) {
        assertThat(HiveNames.unescape(escaped)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%zz",
                "%4",
                "%",
                "100%",
                "%%",
                "%4g",
                "% 41",
                "%+1",
                "%-1",
                "%４１",
                "%٤١",
                "％41",
                "%C3",
                "%C3x%A9",
                "%FF%FE",
                "%C0%AF",
                "%ED%A0%80",
            })
    void percentThatStartsNoValidEscapeStays(String text) {
        assertThat(HiveNames.unescape(text)).isEqualTo(text);
    }

    @Test
    void soundEscapesBesideUnsoundOnesAreDecoded() {
        assertThat(HiveNames.unescape("%3A%zz%2F%4")).isEqualTo(":%zz/%4");
    }

    @RepeatedTest(20)
    void whateverIsEscapedIsReadBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text = RandomText.next(random, 40);

            assertThat(HiveNames.unescape(HiveNames.escape(text)))
                    .as("seed %d, text %d", seed, i)
                    .isEqualTo(text);
        }
    }

    @RepeatedTest(20)
    void decodingNeverThrows() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String text = RandomText.next(random, 40);

            assertThat(HiveNames.unescape(text)).as("seed %d, text %d", seed, i).isNotEmpty();
        }
    }
}
