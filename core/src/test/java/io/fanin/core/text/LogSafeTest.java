package io.fanin.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
