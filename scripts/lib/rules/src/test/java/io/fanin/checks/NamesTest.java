package io.fanin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Names that users see, and the keys of the state bucket, are each written in one place. It reads sources, since
 * constants leave no trace in class files.
 */
class NamesTest {

    /** A name as a whole, or made of a part. */
    private static final Pattern PARAMETER = Pattern.compile("\"fanin\\.|FaninNames\\.PREFIX\\s*\\+\\s*\"[a-z]");

    /** A string, also in a text block of JSON. */
    private static final Pattern STRING = Pattern.compile("\"([^\"\n]+)\"");

    private static final Pattern COMMENT = Pattern.compile("(?m)^ *(?:/?\\*|//).*$");

    /** A word with a slash, or with the ending of a document. */
    private static final Pattern PART_OF_KEY = Pattern.compile("[a-z-]*[a-z]{2}(?:/|-|\\.jsonl?|\\.html)");

    /** Libraries of their own, which depend on nothing of this project. */
    private static final List<String> WITHOUT_CORE = List.of("warehouse", "processor-api");

    /** It keeps nothing in the state bucket. */
    private static final String WITHOUT_STATE = "warehouse-job";

    @Test
    void namesOfParametersStandInOneClass() {
        assertThat(sources(module -> !WITHOUT_CORE.contains(module))
                        .filter(file -> PARAMETER.matcher(Sources.text(file)).find())
                        .map(file -> file.getFileName().toString()))
                .containsExactly("FaninNames.java");
    }

    @Test
    void keysOfTheStateBucketStandInOneClass() {
        List<String> parts = partsOfKeys();
        assertThat(parts).contains("runs/", "pass-", "report.json", "report.html", "-source.json", "bad-records.jsonl");
        Pattern key = parts.stream()
                .map(Pattern::quote)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("|"), any -> Pattern.compile("(?<![a-z-])(?:" + any + ")")));
        List<String> elsewhere = new ArrayList<>();
        sources(module -> !WITHOUT_CORE.contains(module) && !module.equals(WITHOUT_STATE))
                .filter(file -> !isStateKeys(file))
                .forEach(file -> strings(file)
                        .filter(text -> key.matcher(text).find())
                        .forEach(text -> elsewhere.add(file.getFileName() + ": " + text)));
        assertThat(elsewhere).as("keys that StateKeys does not write").isEmpty();
    }

    private static List<String> partsOfKeys() {
        Path source = sources(module -> module.equals("model"))
                .filter(NamesTest::isStateKeys)
                .findFirst()
                .orElseThrow();
        return strings(source)
                .flatMap(text -> Stream.concat(
                        Stream.of(text).filter(part -> part.startsWith("-") && part.length() > 1),
                        PART_OF_KEY.matcher(text).results().map(MatchResult::group)))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static boolean isStateKeys(Path file) {
        return file.endsWith("StateKeys.java");
    }

    private static Stream<String> strings(Path file) {
        return STRING.matcher(COMMENT.matcher(Sources.text(file)).replaceAll(""))
                .results()
                .map(string -> string.group(1));
    }

    private static Stream<Path> sources(Predicate<String> modules) {
        return Sources.modules().entrySet().stream()
                .filter(module -> modules.test(module.getKey()))
                .flatMap(module -> Sources.below(module.getValue().resolve("src/main/java")));
    }
}
