package io.fanin.core.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names, each written out or with {@code *} for any characters.
 *
 * @param names as they are written; none of them matches nothing
 */
public record NamePatterns(List<String> names) {

    public NamePatterns {
        names = List.copyOf(names);
    }

    /** Reads a parameter of the stack: names, separated by commas. */
    public static NamePatterns of(String commaSeparated) {
        return new NamePatterns(Stream.of(commaSeparated.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether all of the names are written out. */
    public boolean areExact() {
        return names.stream().noneMatch(name -> name.contains("*"));
    }

    public boolean match(String name) {
        return names.stream().anyMatch(one -> pattern(one).matcher(name).matches());
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
