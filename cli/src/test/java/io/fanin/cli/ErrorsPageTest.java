package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.ExecutionError;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.failure.FailureOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The documentation page of errors has the program's own text for each; {@code -Dfanin.docs=write} writes it there. The
 * examples are written by hand.
 */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("../docs/errors.md");

    private static final String BY_CAUSE = """
            | caused by | errors of partitions | errors of executions |
            |---|---|---|
            """;

    private static final String PARTITIONS = "\n## Errors of partitions\n";
    private static final String EXECUTIONS = "\n## Errors of executions\n";
    private static final String OF_EXECUTION = " of an execution";

    private static final Pattern ENTRY =
            Pattern.compile("\n### `([\\w.]+)`\n.*?\n```text\n(.*?)\n```\n", Pattern.DOTALL);

    /** The number of consecutive words that an example shares with a message of the program. */
    private static final int COMMON_WORDS = 3;

    /** Words that also denote other things: an answer of S3, and a metric. */
    private static final Set<FailureCode> ALSO_OTHER_THINGS =
            Set.of(FailureCode.ACCESS_DENIED, FailureCode.BAD_RECORDS);

    /** Failures whose whole message comes from a library. */
    private static final Set<FailureCode> IN_OTHERS_WORDS = Set.of(FailureCode.DUCKDB_ERROR);

    /** Words that AWS defines. */
    private static final Set<FailureCode> WORDS_OF_AWS = Set.of(
            FailureCode.PROCESSOR_THROTTLED,
            FailureCode.PROCESSOR_TIMED_OUT,
            FailureCode.PROCESSOR_DIED,
            FailureCode.PROCESSOR_FAILED,
            FailureCode.REGISTRATION_INVALID,
            FailureCode.REGISTRATION_DENIED,
            FailureCode.REGISTRATION_LIMIT);

    private static final List<String> MODULES =
            List.of("model", "core", "records", "detector", "processor", "table-creator", "pages", "cli");

    private static final String SOURCES = MODULES.stream()
            .flatMap(module -> files(Path.of("..", module, "src/main/java")))
            .filter(file -> !file.endsWith("FailureCode.java"))
            .map(ErrorsPageTest::text)
            .collect(Collectors.joining("\n"));

    /** All texts in the program's sources as one, including placeholders. */
    private static final String MESSAGES = words(Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"")
                    .matcher(SOURCES)
                    .results()
                    .map(literal -> literal.group(1))
                    .collect(Collectors.joining(" ")))
            .collect(Collectors.joining(" "));

    @Test
    void pageHasAnEntryForEachWordInTheirOrder() throws IOException {
        String page = Files.readString(PAGE);
        String ofPartitions = page.substring(0, page.indexOf(BY_CAUSE))
                + byCause()
                + page.substring(page.indexOf(PARTITIONS), page.indexOf("\n### "));
        String ofExecutions = page.substring(page.indexOf(EXECUTIONS));
        String expected = ofPartitions
                + sorted(FailureCode.values(), FailureCode::word)
                        .map(code -> entry(code, examples(page)))
                        .collect(Collectors.joining())
                + ofExecutions.substring(0, ofExecutions.indexOf("\n### "))
                + sorted(ExecutionError.values(), ExecutionError::className)
                        .map(ErrorsPageTest::entry)
                        .collect(Collectors.joining());
        if (System.getProperty("fanin.docs", "").equals("write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void eachEntryHasAnExampleOfAMessageOfTheProgram(FailureCode code) throws IOException {
        String example = examples(Files.readString(PAGE)).getOrDefault(code.word(), "");
        List<String> words = words(example).toList();
        assertThat(words).as("the example").hasSizeGreaterThanOrEqualTo(COMMON_WORDS);
        if (IN_OTHERS_WORDS.contains(code)) {
            return;
        }
        assertThat(IntStream.rangeClosed(0, words.size() - COMMON_WORDS)
                        .mapToObj(at -> String.join(" ", words.subList(at, at + COMMON_WORDS)))
                        .filter((" " + MESSAGES + " ")::contains))
                .as("words of the example that are in the program's messages: %s", example)
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(FailureCode.class)
    void eachWordIsGivenSomewhereAndNowhereAsText(FailureCode code) {
        if (!WORDS_OF_AWS.contains(code)) {
            assertThat(SOURCES.contains("FailureCode." + code.name()))
                    .as("some place gives it")
                    .isTrue();
            assertThat(SOURCES.contains('"' + code.word() + '"'))
                    .as("some place writes the word instead")
                    .isEqualTo(ALSO_OTHER_THINGS.contains(code));
        }
    }

    /** The words of each cause, for readers who look for a common one. */
    private static String byCause() {
        return BY_CAUSE
                + Arrays.stream(FailureOrigin.values())
                        .map(origin -> "| %s | %s | %s |\n"
                                .formatted(
                                        origin.cause(),
                                        links(sorted(FailureCode.values(), FailureCode::word)
                                                .filter(code -> code.origin() == origin)
                                                .map(FailureCode::word)),
                                        links(sorted(ExecutionError.values(), ExecutionError::className)
                                                .filter(error -> error.origin() == origin)
                                                .map(error -> error.className() + addition(error)))))
                        .collect(Collectors.joining());
    }

    /** Links to the entries with these headings. */
    private static String links(Stream<String> headings) {
        return headings.map(heading -> {
                    String word = heading.replace(OF_EXECUTION, "");
                    return "[`%s`](#%s)"
                            .formatted(
                                    word.startsWith("io.fanin.") ? word.substring(word.lastIndexOf('.') + 1) : word,
                                    heading.toLowerCase(Locale.ROOT)
                                            .replace(".", "")
                                            .replace(' ', '-'));
                })
                .collect(Collectors.joining(", "));
    }

    /** The addition to a heading whose word is also that of a partition's error with another remedy. */
    private static String addition(ExecutionError error) {
        boolean isBoth =
                Arrays.stream(FailureCode.values()).anyMatch(code -> code.word().equals(error.className()));
        return isBoth ? OF_EXECUTION : "";
    }

    private static <T> Stream<T> sorted(T[] all, Function<T, String> name) {
        return Arrays.stream(all).sorted(Comparator.comparing(name, String.CASE_INSENSITIVE_ORDER));
    }

    private static String entry(ExecutionError error) {
        return """

                ### `%s`%s

                %s

                **%s.** %s
                """.formatted(
                        error.className(),
                        addition(error),
                        error.meaning(),
                        sentence(error.origin().cause()),
                        error.advice());
    }

    private static String entry(FailureCode code, Map<String, String> examples) {
        String synonyms = code.synonyms().isEmpty()
                ? ""
                : "Also "
                        + code.synonyms().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "))
                        + ". ";
        return """

                ### `%s`

                %s%s

                **%s%s.** %s

                ```text
                %s
                ```
                """.formatted(
                        code.word(),
                        synonyms,
                        code.meaning(),
                        sentence(code.origin().cause()),
                        code.countsAsAttempt() ? "" : "; no attempt",
                        code.advice(),
                        examples.getOrDefault(code.word(), ""));
    }

    private static String sentence(String cause) {
        return cause.substring(0, 1).toUpperCase(Locale.ROOT) + cause.substring(1);
    }

    private static Map<String, String> examples(String page) {
        return ENTRY.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        entry -> entry.group(1), (MatchResult entry) -> entry.group(2), (a, b) -> a, TreeMap::new));
    }

    private static Stream<String> words(String text) {
        return Pattern.compile("[A-Za-z']+").matcher(text).results().map(MatchResult::group);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
