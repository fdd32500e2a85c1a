package io.fanin.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.text.ShellWord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Suggested commands address the same stack and endpoint. */
class HintsTest {

    @Test
    void whatWasGivenIsRepeatedBehindTheCommand() {
        Hints hints = new Hints("scripts/fanin", "scripts/", List.of("--stack", "lake-2", "--port", "4599"));

        assertThat(hints.command("redrive", "flights-1"))
                .isEqualTo("scripts/fanin redrive flights-1 --stack lake-2 --port 4599");
    }

    @Test
    void wordsAreQuotedAsAShellTakesThem() {
        assertThat(new Hints("fanin", "", List.of()).redrive("a(b)")).endsWith("fanin redrive 'a(b)'");
        assertThat(ShellWord.quoted("it's")).isEqualTo("'it'\"'\"'s'");
        assertThat(ShellWord.quoted("")).isEqualTo("''");
    }

    @Test
    void deploymentIsNamedByTheScriptsWhereThereAreAny() {
        assertThat(new Hints("a", "../scripts/", List.of()).deploy(false))
                .contains("../scripts/up, or ../scripts/deploy");
        assertThat(new Hints("fanin", "", List.of()).deploy(true)).contains("sam deploy", "--stack", "--region");
        assertThat(new Hints("a", "scripts/", List.of()).start(List.of("up", "--port", "4599")))
                .isEqualTo("start LocalStack: scripts/up --port 4599");
        assertThat(new Hints("a", "scripts/", List.of("--endpoint-url", "http://moto:5000")).start(List.of()))
                .startsWith("start it, or name another endpoint");
        assertThat(new Hints("a", "scripts/", List.of()).deploy(true)).contains("scripts/deploy --aws", "--region");
    }
}
