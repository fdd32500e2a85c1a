package io.fanin.model.layout;

import io.fanin.model.partition.PartitionValues;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One segment of a template: literals, and parts of keys between them. If a segment can be divided in several ways,
 * each text is as short as possible, from left to right, and each number as long as possible.
 *
 * @param tokens in their order
 * @param parts of the tokens, in their order
 */
record TemplateSegment(List<Token> tokens, List<Part> parts) implements SegmentMatcher {

    private static final int[] NONE = {};

    TemplateSegment {
        tokens = List.copyOf(tokens);
        parts = List.copyOf(parts);
    }

    /** A token of a segment's form. */
    sealed interface Token {

        /** This text. */
        record Literal(String text) implements Token {}

        /** This number of digits. */
        record Digits(int count) implements Token {}

        /** One digit or more. */
        record Numeral() implements Token {}

        /** One character or more. */
        record Text() implements Token {}
    }

    /**
     * The tokens of a key's part.
     *
     * @param first index of the first token
     * @param end index behind the last token
     */
    record Part(int first, int end) {}

    @Override
    public Optional<List<String>> parts(CharSequence segment) {
        if (!parts.isEmpty() && parts.getFirst().first() == 0 && isHidden(segment)) {
            return Optional.empty();
        }
        int[] ends = ends(segment);
        if (ends.length < tokens.size()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>(parts.size());
        for (Part part : parts) {
            int from = part.first() == 0 ? 0 : ends[part.first() - 1];
            texts.add(segment.subSequence(from, ends[part.end() - 1]).toString());
        }
        return Optional.of(texts);
    }

    /** A hidden name is not a partition, even if the template begins with a value. */
    private static boolean isHidden(CharSequence segment) {
        return HiddenNames.isHidden(segment) && !hasText(segment, 0, PartitionValues.HIVE_DEFAULT);
    }

    /** The end of each token; {@link #NONE} if the segment does not have this form. */
    private int[] ends(CharSequence segment) {
        int variable = onlyVariable();
        return variable < tokens.size() ? endsAround(variable, segment) : endsOfSeveral(segment);
    }

    /**
     * The index of the only token of variable length; -1 if there is none, and the number of tokens if there are
     * several.
     */
    private int onlyVariable() {
        int only = -1;
        for (int i = 0; i < tokens.size(); i++) {
            if (fixedLength(tokens.get(i)) < 0) {
                if (only >= 0) {
                    return tokens.size();
                }
                only = i;
            }
        }
        return only;
    }

    /** The length of a token; -1 if it is variable. */
    private static int fixedLength(Token token) {
        return switch (token) {
            case Token.Literal(String text) -> text.length();
            case Token.Digits(int count) -> count;
            case Token.Numeral numeral -> -1;
            case Token.Text text -> -1;
        };
    }

    private int[] endsAround(int variable, CharSequence segment) {
        int fixed = 0;
        for (int i = 0; i < tokens.size(); i++) {
            fixed += i == variable ? 0 : fixedLength(tokens.get(i));
        }
        int length = segment.length() - fixed;
        if (variable < 0 ? length != 0 : length < 1) {
            return NONE;
        }
        int[] ends = new int[tokens.size()];
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = at + (i == variable ? length : fixedLength(tokens.get(i)));
            if (!holds(tokens.get(i), segment, at, end)) {
                return NONE;
            }
            ends[i] = end;
            at = end;
        }
        return ends;
    }

    private static boolean holds(Token token, CharSequence segment, int from, int to) {
        return switch (token) {
            case Token.Literal(String text) -> hasText(segment, from, text);
            case Token.Digits digits -> endOfDigits(segment, from, to) == to;
            case Token.Numeral numeral -> endOfDigits(segment, from, to) == to;
            case Token.Text text -> true;
        };
    }

    /**
     * Finds, from the right, the places where the rest of the tokens can begin, then takes the first match from the
     * left.
     */
    private int[] endsOfSeveral(CharSequence segment) {
        BitSet[] begins = new BitSet[tokens.size() + 1];
        begins[tokens.size()] = new BitSet();
        begins[tokens.size()].set(segment.length());
        for (int i = tokens.size() - 1; i >= 0; i--) {
            begins[i] = begins(tokens.get(i), segment, begins[i + 1]);
        }
        if (!begins[0].get(0)) {
            return NONE;
        }
        int[] ends = new int[tokens.size()];
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            at = switch (tokens.get(i)) {
                case Token.Literal(String text) -> at + text.length();
                case Token.Digits(int count) -> at + count;
                case Token.Numeral numeral -> begins[i + 1].previousSetBit(endOfDigits(segment, at, segment.length()));
                case Token.Text text -> begins[i + 1].nextSetBit(at + 1);
            };
            ends[i] = at;
        }
        return ends;
    }

    /** The places at which a token can begin to end at one of these places. */
    private static BitSet begins(Token token, CharSequence segment, BitSet ends) {
        BitSet begins = new BitSet(segment.length() + 1);
        switch (token) {
            case Token.Literal(String text) ->
                ends.stream()
                        .map(end -> end - text.length())
                        .filter(from -> from >= 0 && hasText(segment, from, text))
                        .forEach(begins::set);
            case Token.Digits(int count) ->
                ends.stream()
                        .map(end -> end - count)
                        .filter(from -> from >= 0 && endOfDigits(segment, from, from + count) == from + count)
                        .forEach(begins::set);
            case Token.Numeral numeral -> {
                for (int from = segment.length() - 1; from >= 0; from--) {
                    begins.set(from, isDigit(segment.charAt(from)) && (ends.get(from + 1) || begins.get(from + 1)));
                }
            }
            case Token.Text text -> begins.set(0, Math.max(0, ends.length() - 1));
        }
        return begins;
    }

    private static boolean hasText(CharSequence segment, int from, String text) {
        if (from + text.length() > segment.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (segment.charAt(from + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int endOfDigits(CharSequence segment, int from, int to) {
        int end = from;
        while (end < to && isDigit(segment.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
