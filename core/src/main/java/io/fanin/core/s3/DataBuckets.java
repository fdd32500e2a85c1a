package io.fanin.core.s3;

import io.fanin.core.table.S3Location;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The buckets in which tables may lie, as the stack was deployed with them. A location elsewhere is refused before
 * anything is listed.
 */
public final class DataBuckets {

    private final String names;
    private final List<Pattern> patterns;

    private DataBuckets(String names, List<Pattern> patterns) {
        this.names = names;
        this.patterns = patterns;
    }

    /** Reads names separated by commas, in which {@code *} stands for any characters. */
    public static DataBuckets of(String names) {
        return new DataBuckets(
                names,
                Stream.of(names.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .map(DataBuckets::pattern)
                        .toList());
    }

    public boolean allow(S3Location location) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(location.bucket()).matches());
    }

    /** The names as the stack has them. */
    @Override
    public String toString() {
        return names;
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(
                Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
