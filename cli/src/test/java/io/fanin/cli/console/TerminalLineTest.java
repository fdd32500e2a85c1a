package io.fanin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalLineTest {

    private static final String HOSTILE = "dt=\u001b]0;x\u0007\u001b[2J\r\u202e";

    @Test
    void charactersThatActBecomeQuestionMarks() {
        assertThat(TerminalLine.of("  | a\u00e9 \ud83d\ude00 " + HOSTILE))
                .doesNotContain("\u001b", "\u0007", "\r", "\u202e")
                .startsWith("  | a\u00e9 \ud83d\ude00 dt=?");
    }

    /** A workflow's runner ignores more kinds of white space than those at which Java breaks lines. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u2007", "\u202f", " \u3000 "})
    void noWhiteSpaceHidesACommandOfAWorkflow(String space) {
        assertThat(TerminalLine.of(space + "::add-mask::x")).isEqualTo(space + "?:add-mask::x");
    }

    @Test
    void noLineIsACommandOfAWorkflow() {
        assertThat(TerminalLine.of("::error::x")).isEqualTo("?:error::x");
        assertThat(TerminalLine.of("a\n  ::set-output name=x::y").lines())
                .containsExactly("a", "  ?:set-output name=x::y");
        assertThat(TerminalLine.of("a ##[error]x ##[group]")).isEqualTo("a ?#[error]x ?#[group]");
        assertThat(TerminalLine.of("a::b")).isEqualTo("a::b");
    }

    @Test
    void allThatAConsolePrintsIsSafe() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), Console.Output.text, false, false);

        console.answer("", () -> List.of(HOSTILE, "::error::x"), ExitCode.DONE);
        console.say(HOSTILE);
        console.warn(HOSTILE);
        console.failed(new CommandFailedException(HOSTILE + "\n::error::x", HOSTILE));

        assertThat(out + "" + err).doesNotContain("\u001b", "\u202e", "\n::");
    }

    @Test
    void jsonKeepsWhatActsAsEscapes() throws IOException {
        StringWriter out = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(out), Console.Output.json, false, false);
        String name = HOSTILE + "\u009b31m\u007f\u2028\ud800 \ud83d\ude00\u00e9";

        console.answer(Map.of("name", name), List::of, ExitCode.DONE);

        assertThat(out.toString())
                .doesNotContain("\u001b", "\u202e", "\u009b", "\u007f", "\u2028")
                .contains("\ud83d\ude00\u00e9");
        assertThat(Json.documents().readTree(out.toString()).path("name").asText())
                .isEqualTo(name);
    }
}
