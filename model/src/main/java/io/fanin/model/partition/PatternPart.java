package io.fanin.model.partition;

import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a date format, in the letters of {@link java.time.format.DateTimeFormatter}. */
public sealed interface PatternPart {

    /** English, with the weeks of ISO 8601: those of the USA, which English alone has, begin on Sundays. */
    Locale ENGLISH_WITH_ISO_WEEKS = Locale.forLanguageTag("en-u-rg-gbzzzz");

    /** Literal text in every time. */
    record Literal(String text) implements PatternPart {}

    /** A field: a letter and how often it is repeated. */
    record Field(char letter, int width) implements PatternPart {}

    /** The letters of the fields, one for each; both of the month's are M, and that of padding is none. */
    public static String fieldLetters(String pattern) {
        return of(pattern).stream()
                .filter(Field.class::isInstance)
                .map(part -> String.valueOf(((Field) part).letter()))
                .filter(letter -> !letter.equals("p"))
                .collect(Collectors.joining())
                .replace('L', 'M');
    }

    /** The first letter that is that of two fields; empty if none is. */
    public static Optional<Character> repeatedLetter(String pattern) {
        Set<Character> seen = new HashSet<>();
        return fieldLetters(pattern)
                .chars()
                .mapToObj(letter -> (char) letter)
                .filter(letter -> !seen.add(letter))
                .findFirst();
    }

    /** Whether a minute stands where no hour precedes it: {@code yyyy-mm-dd} means the month, which is {@code MM}. */
    static boolean hasMinuteWithoutHour(String pattern) {
        boolean hour = false;
        for (PatternPart part : of(pattern)) {
            if (part instanceof Field field) {
                if (field.letter() == 'm' && !hour) {
                    return true;
                }
                hour = (hour ? "HhKkaB" : "HhKk").indexOf(field.letter()) >= 0;
            }
        }
        return false;
    }

    /**
     * The builder, with this format behind what it has.
     *
     * @throws IllegalArgumentException if it is no format
     */
    static DateTimeFormatterBuilder appended(DateTimeFormatterBuilder to, String pattern) {
        try {
            return to.appendPattern(pattern);
        } catch (ClassCastException e) {
            // Java's builder takes the padded number for one that may share its digits with the next.
            throw new IllegalArgumentException(
                    "a number that p pads is followed by another at once: put a character between them", e);
        }
    }

    /** The parts of a valid format, in their order. */
    static List<PatternPart> of(String pattern) {
        List<PatternPart> parts = new ArrayList<>();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                end = endOfQuoted(pattern, i);
                parts.add(new Literal(
                        end - i == 2 ? "'" : pattern.substring(i + 1, end - 1).replace("''", "'")));
            } else if (Character.isLetter(c)) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                parts.add(new Field(c, end - i));
            } else {
                parts.add(new Literal(String.valueOf(c)));
            }
            i = end;
        }
        return parts;
    }

    /** The index after the quote that ends a text; two quotes in it are one of its characters. */
    private static int endOfQuoted(String pattern, int from) {
        int quote = pattern.indexOf('\'', from + 1);
        while (pattern.startsWith("''", quote)) {
            quote = pattern.indexOf('\'', quote + 2);
        }
        return quote + 1;
    }
}
