package io.fanin.model.layout;

import io.fanin.model.partition.HiveNames;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key's name, {@code =}, and its value: {@code dt=2013-02-08}. The name is compared ignoring case and escapes. */
record NamedValue(String name) implements SegmentMatcher {

    @Override
    public Optional<List<String>> parts(CharSequence segment) {
        int equals = isWrittenPlain(segment) ? name.length() : endOfEscapedName(segment);
        return equals < 0
                ? Optional.empty()
                : Optional.of(List.of(
                        segment.subSequence(equals + 1, segment.length()).toString()));
    }

    private boolean isWrittenPlain(CharSequence segment) {
        if (segment.length() <= name.length() || segment.charAt(name.length()) != '=') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!areSame(segment.charAt(i), name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The index of the {@code =} after the name; -1 if the segment does not begin with the name. */
    private int endOfEscapedName(CharSequence segment) {
        Set<Integer> ends = new LinkedHashSet<>(Set.of(0));
        for (int i = 0; i < name.length() && !ends.isEmpty(); i += Character.charCount(name.codePointAt(i))) {
            Set<Integer> next = new LinkedHashSet<>();
            for (int at : ends) {
                addEnds(segment, at, name.codePointAt(i), next);
            }
            ends = next;
        }
        return ends.stream()
                .filter(end -> end < segment.length() && segment.charAt(end) == '=')
                .findFirst()
                .orElse(-1);
    }

    /** Only a percent sign can be read in two ways: as itself, and as the beginning of its own escape. */
    private static void addEnds(CharSequence segment, int at, int codePoint, Set<Integer> ends) {
        if (at >= segment.length()) {
            return;
        }
        int found = Character.codePointAt(segment, at);
        if (areSame(found, codePoint)) {
            ends.add(at + Character.charCount(found));
        }
        if (found == '%') {
            int end = endOfEscapes(segment, at, Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            if (end >= 0) {
                ends.add(end);
            }
        }
    }

    private static int endOfEscapes(CharSequence segment, int from, byte[] bytes) {
        int at = from;
        for (byte one : bytes) {
            if (HiveNames.escapedByte(segment, at) != Byte.toUnsignedInt(one)) {
                return -1;
            }
            at += 3;
        }
        return at;
    }

    /**
     * Equates ASCII letters with their capitals, but not with letters of other scripts (the long s, the Kelvin sign).
     */
    private static boolean areSame(int a, int b) {
        return a == b || ((a < 128) == (b < 128) && Character.toLowerCase(a) == Character.toLowerCase(b));
    }
}
