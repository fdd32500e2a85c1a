package io.fanin.model.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.layout.TemplateSegment.Part;
import io.fanin.model.layout.TemplateSegment.Token;
import io.fanin.model.text.CountedChars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSegmentTest {

    private static final long SEED = 20261122;
    private static final int MEGABYTE = 1_000_000;

    /** The reference is a regular expression, whose running time is not bounded. */
    @Test
    void segmentsAreDividedAsARegularExpressionDividesThem() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < 200_000; i++) {
            List<Token> tokens = tokens(random);
            List<Part> parts = IntStream.range(0, tokens.size())
                    .mapToObj(token -> new Part(token, token + 1))
                    .toList();
            String segment = segment(tokens, random);

            Optional<List<String>> found = new TemplateSegment(tokens, parts).parts(segment);

            assertThat(found).as("seed %d: %s in %s", SEED, tokens, segment).isEqualTo(expected(tokens, segment));
            matched += found.isPresent() ? 1 : 0;
        }
        assertThat(matched).isBetween(40_000, 180_000);
    }

    private static List<Token> tokens(Random random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .<Token>mapToObj(i -> switch (random.nextInt(6)) {
                    case 0, 1 -> new Token.Literal(text(random, 1 + random.nextInt(2)));
                    case 2 -> new Token.Digits(1 + random.nextInt(3));
                    case 3 -> new Token.Numeral();
                    default -> new Token.Text();
                })
                .toList();
    }

    private static String text(Random random, int length) {
        return random.ints(length, 0, 5)
                .mapToObj(i -> String.valueOf("-1a2_".charAt(i)))
                .collect(Collectors.joining());
    }

    private static String segment(List<Token> tokens, Random random) {
        String like = tokens.stream()
                .map(token -> switch (token) {
                    case Token.Literal(String text) -> text;
                    case Token.Digits(int count) -> "12345".substring(0, count);
                    case Token.Numeral numeral -> String.valueOf(random.nextInt(200));
                    case Token.Text text -> text(random, 1 + random.nextInt(3));
                })
                .collect(Collectors.joining());
        return random.nextInt(3) == 0 ? text(random, random.nextInt(8)) : like;
    }

    private static Optional<List<String>> expected(List<Token> tokens, String segment) {
        String regex = tokens.stream()
                .map(token -> switch (token) {
                    case Token.Literal(String text) -> Pattern.quote(text);
                    case Token.Digits(int count) -> "[0-9]{" + count + "}";
                    case Token.Numeral numeral -> "[0-9]+";
                    case Token.Text text -> ".+?";
                })
                .map(group -> "(" + group + ")")
                .collect(Collectors.joining("", "(?![_.])", ""));
        Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(segment);
        return matcher.matches()
                ? Optional.of(IntStream.rangeClosed(1, tokens.size())
                        .mapToObj(matcher::group)
                        .toList())
                : Optional.empty();
    }

    /** With three free parts the regular expression took minutes for a name of 1,000 characters. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "1", "1-", "-1", "a", "a-b-"})
    void workGrowsWithTheLengthOfTheSegmentOnly(String unit) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tokens.addAll(
                    List.of(new Token.Text(), new Token.Literal("-"), new Token.Numeral(), new Token.Literal("-")));
        }
        tokens.add(new Token.Literal("end"));
        TemplateSegment template = new TemplateSegment(tokens, List.of(new Part(0, 1)));
        CountedChars name = new CountedChars(unit.repeat(MEGABYTE / unit.length()) + "x");

        assertThat(template.parts(name)).isEmpty();
        assertThat(template.parts(new CountedChars("_" + name))).isEmpty();
        assertThat(name.reads()).isLessThanOrEqualTo(3L * tokens.size() * MEGABYTE);

        CountedChars sound = new CountedChars("x-1-".repeat(MEGABYTE / 4) + "end");
        assertThat(template.parts(sound)).isPresent();
        assertThat(sound.reads()).isLessThanOrEqualTo(4L * tokens.size() * MEGABYTE);
    }
}
