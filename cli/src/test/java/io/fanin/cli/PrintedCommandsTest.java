package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.console.Hints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Printed commands are made by {@link Hints}, so that they address the same stack and endpoint. */
class PrintedCommandsTest {

    private static final String STRING = "\"(?:[^\"\\\\\\n]|\\\\.)*+\"";

    /** An annotation with strings, but without nested parentheses. */
    private static final Pattern ANNOTATION = Pattern.compile("@\\w+\\((?:[^()\"]|" + STRING + ")*+\\)");

    private static final Pattern COMMAND = Pattern.compile("\"[^\"\\n]*\\bfanin (?:"
            + String.join("|", new CliFixture().commandLine().getSubcommands().keySet()) + ")\\b(?! --help)");

    @Test
    void noCommandIsWrittenWithoutItsStackAndEndpoint() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/fanin/cli"))) {
            assertThat(sources.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(commands(Files.readString(source)))
                            .as(source.toString())
                            .isEmpty());
        }
    }

    @Test
    void commandOfADescriptionIsOfNoStack() {
        assertThat(commands("""
                @Option(names = "--all", description = {"run (all) tables", "as fanin run \\"a\\" does"})
                private boolean all;
                """)).isEmpty();
        assertThat(commands("throw failed(\"see \", \"which fanin runs lists\");"))
                .hasSize(1);
    }

    private static List<String> commands(String source) {
        return COMMAND.matcher(ANNOTATION.matcher(source).replaceAll(""))
                .results()
                .map(found -> found.group())
                .toList();
    }
}
