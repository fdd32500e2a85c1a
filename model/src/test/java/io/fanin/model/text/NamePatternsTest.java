package io.fanin.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

    private static final long SEED = 20261122;

    @ParameterizedTest
    @CsvSource({
        "raw_*, raw_, true",
        "raw_*, raw_x, true",
        "raw_*, xraw_x, false",
        "raw, raw_x, false",
        "*, '', true",
        "a*a, a, false",
        "a*a, aa, true",
        "*.b*, raw_x.bikes, true",
        "*ab*ab, abab, true",
        "*ab*ab, ab, false",
        "a.c, abc, false",
    })
    void starStandsForAnyCharacters(String pattern, String name, boolean matches) {
        assertThat(NamePatterns.of(pattern).match(name)).isEqualTo(matches);
    }

    @Test
    void namesMatchAsByARegularExpression() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            String pattern = text(random, "ab*");
            String name = text(random, "ab");
            String regex =
                    Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

            assertThat(new NamePatterns(List.of(pattern)).match(name))
                    .as("seed %d: %s for %s", SEED, pattern, name)
                    .isEqualTo(name.matches(regex));
        }
    }

    private static String text(Random random, String letters) {
        return random.ints(random.nextInt(9), 0, letters.length())
                .mapToObj(i -> String.valueOf(letters.charAt(i)))
                .collect(Collectors.joining());
    }

    /** A regular expression with as many stars does not end within a day. */
    @Test
    void anyNumberOfStarsIsDone() {
        assertThat(NamePatterns.of("*a".repeat(1_000) + "*b").match("a".repeat(1_000_000)))
                .isFalse();
        assertThat(NamePatterns.of("*a".repeat(1_000) + "*b").match("a".repeat(1_000_000) + "b"))
                .isTrue();
    }
}
