package io.fanin.model.text;

import java.util.List;
import java.util.stream.Stream;

/**
 * Names and patterns in which {@code *} stands for any characters.
 *
 * @param names as written; an empty list matches nothing
 */
public record NamePatterns(List<String> names) {

    public NamePatterns {
        names = List.copyOf(names);
    }

    /** Reads a stack parameter: names separated by commas. */
    public static NamePatterns of(String commaSeparated) {
        return new NamePatterns(Stream.of(commaSeparated.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether no name contains a {@code *}. */
    public boolean areExact() {
        return names.stream().noneMatch(name -> name.contains("*"));
    }

    public boolean match(String name) {
        return names.stream().anyMatch(one -> matches(one, name));
    }

    /** Text between two stars is matched at its first occurrence, which leaves most for the rest. */
    private static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        String last = pattern.substring(pattern.lastIndexOf('*') + 1);
        int end = name.length() - last.length();
        if (end < star || !name.startsWith(pattern.substring(0, star)) || !name.endsWith(last)) {
            return false;
        }
        int at = star;
        while (at >= 0 && at <= end && pattern.indexOf('*', star + 1) >= 0) {
            int next = pattern.indexOf('*', star + 1);
            String text = pattern.substring(star + 1, next);
            int found = name.indexOf(text, at);
            at = found < 0 ? -1 : found + text.length();
            star = next;
        }
        return at >= 0 && at <= end;
    }
}
