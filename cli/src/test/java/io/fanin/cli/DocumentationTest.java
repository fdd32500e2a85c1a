package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.execution.Outcome;
import io.fanin.core.alltables.AllTablesReport;
import io.fanin.core.alltables.TableResult;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The documentation page of the commands has the program's own help; {@code -Dfanin.docs=write} writes it there. */
class DocumentationTest {

    private static final Path PAGE = Path.of("../docs/cli.md");

    /** A field of {@link Outcome} that JSON unwraps into its own fields. */
    private static final String NOT_IN_JSON = "ending";

    @Test
    void pageShowsTheHelpOfEachCommand() throws IOException {
        String page = Files.readString(PAGE);
        for (Map.Entry<String, CommandLine> command :
                new CliFixture().commandLine().getSubcommands().entrySet()) {
            if (!command.getValue().getCommandSpec().usageMessage().hidden()) {
                String title = "\n## " + command.getKey() + "\n";
                assertThat(page).contains(title);
                page = withHelp(page, title, command.getValue());
            }
        }
        for (String code :
                new CliFixture().commandLine().getHelp().exitCodeList().lines().toList()) {
            String[] parts = code.strip().split("\\s+", 2);
            assertThat(page).contains("| " + parts[0] + " | " + parts[1] + " |");
        }
        if (System.getProperty("fanin.docs", "").equals("write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @ParameterizedTest
    @ValueSource(classes = {Outcome.class, AllTablesReport.class, TableResult.class})
    void pageNamesTheFieldsOfAnswers(Class<? extends Record> answer) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(Arrays.stream(answer.getRecordComponents())
                        .map(RecordComponent::getName)
                        .filter(name -> !name.equals(NOT_IN_JSON))
                        .map(name -> "`" + name + "`")
                        .toList());
    }

    @Test
    void pageNamesTheResultsOfRuns() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(Arrays.stream(Outcome.Result.values())
                        .map(result -> "`" + result + "`")
                        .toList());
    }

    /** The page with the command's help in the first block behind its title. */
    private static String withHelp(String page, String title, CommandLine command) {
        int from = page.indexOf("```\n", page.indexOf(title)) + 4;
        return page.substring(0, from) + help(command) + page.substring(page.indexOf("```", from));
    }

    /** The help without the options that all commands share, which the page lists once. */
    private static String help(CommandLine command) {
        CommandLine.Help help =
                new CommandLine.Help(command.getCommandSpec(), CommandLine.Help.defaultColorScheme(Ansi.OFF));
        StringBuilder text = new StringBuilder(help.header()).append(help.description());
        command.getCommandSpec()
                .positionalParameters()
                .forEach(positional -> text.append("  ")
                        .append(positional.paramLabel())
                        .append(": ")
                        .append(String.join(" ", positional.description()))
                        .append('\n'));
        command.getCommandSpec().options().stream()
                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .forEach(option -> text.append("  ")
                        .append(option.longestName())
                        .append(option.arity().max() > 0 ? "=" + option.paramLabel() : "")
                        .append(": ")
                        .append(String.join(" ", option.description())
                                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue())))
                        .append('\n'));
        return text.toString();
    }
}
