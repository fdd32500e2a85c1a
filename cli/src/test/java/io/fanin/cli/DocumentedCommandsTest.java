package io.fanin.cli;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands of fanin that the documents show: each is parsed as the program does, and run by a test or the demo. */
class DocumentedCommandsTest {

    private static final Set<String> ENDS = Set.of(">", "|", "||", "&&");

    private static final Path ROOT = Path.of("..");

    /** A command at the beginning of a line or of inline code, or after a prompt or a pipe. */
    private static final Pattern SHOWN = Pattern.compile(
            "(?:^ *|(?<code>`)|\\$ |\\| )(?:(?:\\.\\.?/)*scripts/)?fanin(?<words> [^`\\n]+)", Pattern.MULTILINE);

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|\\[([^\\]]*)\\]|(#.*)|(\\S+)");
    private static final Pattern RUNNER = Pattern.compile("\\b(?:run|fanin|json|_expect)\\(");

    /** The calls of the command line in its tests and in the demo. */
    private static final List<String> CALLS = calls();

    /**
     * A command in a document.
     *
     * @param isMention whether the text mentions only its name
     */
    record Shown(String document, List<String> words, boolean isMention) {}

    @ParameterizedTest
    @MethodSource("shown")
    void documentedCommandIsParsed(Shown shown) {
        parse(shown);
    }

    @ParameterizedTest
    @MethodSource("shown")
    void documentedCommandIsRunByATestOrTheDemo(Shown shown) {
        List<String> words = parse(shown);

        assertThat(CALLS).as(shown.toString()).anyMatch(call -> words.stream().allMatch(call::contains));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "`fanin statsu`",
                "./scripts/fanin run --al",
                "$ scripts/fanin explain analytics.flights",
                "jq . x | ./scripts/fanin tables all",
                "fanin waive analytics.flights dt=2013-02-08 # without its reason"
            })
    void misspeltCommandIsRefused(String text) {
        List<Shown> found = shown("page.md", text);

        assertThat(found).hasSize(1);
        assertThatThrownBy(() -> parse(found.getFirst())).isInstanceOf(ParameterException.class);
    }

    @Test
    void everyCommandIsShown() throws IOException {
        List<String> all = new CliFixture()
                .commandLine().getSubcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(spec -> !spec.usageMessage().hidden())
                        .map(CommandSpec::name)
                        .toList();

        assertThat(shown().map(command -> command.words().getFirst())).containsAll(all);
    }

    static Stream<Shown> shown() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                    Stream.of(ROOT.resolve("README.md")),
                    pages.filter(page -> page.toString().endsWith(".md")).sorted())
                    .flatMap(page -> shown(page.getFileName().toString(), read(page)).stream())
                    .distinct()
                    .toList()
                    .stream();
        }
    }

    private static List<Shown> shown(String document, String text) {
        return SHOWN.matcher(text)
                .results()
                .map(match -> {
                    List<String> words = words(match.group("words"));
                    return new Shown(document, words, match.group("code") != null && words.size() == 1);
                })
                .toList();
    }

    /** The words as a shell splits them, up to the end of the command. Optional parts are included. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (matcher.group(3) != null) {
                words.addAll(words(matcher.group(3)));
            } else if (matcher.group(4) == null) {
                String word = Stream.of(1, 2, 5)
                        .map(matcher::group)
                        .filter(found -> found != null)
                        .findFirst()
                        .orElseThrow();
                if (ENDS.contains(word)) {
                    return words;
                }
                words.add(word);
            }
        }
        return words;
    }

    /** The command's name and its own options, as tests write them. */
    private static List<String> parse(Shown shown) {
        CommandLine program = new CliFixture().commandLine();
        String command = shown.words().getFirst();
        if (shown.isMention()) {
            if (!program.getSubcommands().containsKey(command)) {
                throw new ParameterException(program, "there is no command " + command);
            }
            return List.of('"' + command + '"');
        }
        ParseResult parsed =
                program.parseArgs(shown.words().toArray(String[]::new)).subcommand();
        Stream<String> options = parsed.matchedOptions().stream()
                .filter(not(OptionSpec::inherited))
                .map(OptionSpec::longestName);
        return Stream.concat(Stream.of(command), options)
                .map(word -> '"' + word + '"')
                .toList();
    }

    private static List<String> calls() {
        List<Path> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/io/fanin/cli"))) {
            files.forEach(tests::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tests.remove(Path.of("src/test/java/io/fanin/cli/DocumentedCommandsTest.java"));
        tests.add(ROOT.resolve("state-machine/src/test/java/io/fanin/statemachine/it/CommandLineIT.java"));
        Stream<String> java = tests.stream()
                .filter(Files::isRegularFile)
                .flatMap(file -> Stream.of(read(file).split(";")));
        Stream<String> demo = read(ROOT.resolve("scripts/lib/devtools/demo.py")).lines();
        return Stream.concat(java, demo).filter(RUNNER.asPredicate()).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
