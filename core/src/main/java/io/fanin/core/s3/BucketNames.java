package io.fanin.core.s3;

import io.fanin.core.table.S3Location;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The buckets that one of the stack's parameters names, separated by commas; {@code *} stands for any characters. */
public final class BucketNames {

    private final String parameter;
    private final String names;
    private final List<Pattern> patterns;

    /**
     * Reads the parameter's value.
     *
     * @param parameter what the template calls it
     */
    public BucketNames(String parameter, String names) {
        this.parameter = parameter;
        this.names = names;
        this.patterns = Stream.of(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(BucketNames::pattern)
                .toList();
    }

    public boolean have(S3Location location) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(location.bucket()).matches());
    }

    /** What the template calls the parameter. */
    public String parameter() {
        return parameter;
    }

    /** The parameter with its value, as the stack has it. */
    @Override
    public String toString() {
        return parameter + (patterns.isEmpty() ? " names none" : " names " + names);
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
