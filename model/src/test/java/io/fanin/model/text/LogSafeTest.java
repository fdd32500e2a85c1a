package io.fanin.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSafeTest {

    @Test
    void characterThatActsBecomesAQuestionMark() {
        assertThat(LogSafe.of("a\nb\u001b[2J\u2028c")).isEqualTo("a?b?[2J?c");
    }

    @Test
    void linesOfProseFollowEachOther() {
        assertThat(LogSafe.ofLines("no such column!\r\n\n  Did you mean: \"a\u0007\"\n", 100))
                .isEqualTo("no such column! Did you mean: \"a?\"");
    }

    @Test
    void proseIsCutAsAnyText() {
        assertThat(LogSafe.ofLines("one\ntwo\nthree", 7)).isEqualTo("one two...");
    }

    @Test
    void blanksWithinALineStay() {
        assertThat(LogSafe.ofLines("\u2028 a  b \t\u0085 c\td \n", 100)).isEqualTo("a  b c?d");
    }

    /** 400,000 blanks in one value took an hour. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", " \n", "a ", "a\n ", "x"})
    void longProseIsReadOnce(String unit) {
        int length = 1_000_000;
        CountedChars prose = new CountedChars(unit.repeat(length / unit.length()) + "x");

        String line = LogSafe.firstOnOneLine(prose, 301);

        assertThat(line.length()).isLessThanOrEqualTo(301);
        assertThat(prose.reads()).isLessThanOrEqualTo(3L * length);
    }

    @Test
    void dotsCountWhereThePlaceHasNoMoreRoom() {
        assertThat(LogSafe.within("abcdef", 6)).isEqualTo("abcdef");
        assertThat(LogSafe.within("abcdefg", 6)).isEqualTo("abc...");
    }

    @Test
    void nameIsCutAfter200Characters() {
        assertThat(LogSafe.name("a".repeat(200))).isEqualTo("a".repeat(200));
        assertThat(LogSafe.name("a".repeat(201))).isEqualTo("a".repeat(200) + "...");
    }
}
