package io.fanin.model.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder in S3: a bucket and a key prefix.
 *
 * @param prefix empty, or ending in {@code /}, so that {@code events/} never means {@code events_v2/} too
 */
public record S3Location(String bucket, String prefix) {

    /** The maximum length of a key in S3, in bytes of UTF-8, and of the key after which a listing begins. */
    public static final int MAX_KEY_BYTES = 1024;

    private static final Pattern URI =
            Pattern.compile("s3[an]?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.DOTALL);

    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    public S3Location {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("a folder's prefix ends in '/': " + prefix);
        }
    }

    /**
     * Reads {@code s3://bucket/prefix/}; the last slash may be left out.
     *
     * @throws IllegalArgumentException if the text is not such a URI, or names a folder that query engines cannot find:
     *     they resolve {@code .} and {@code ..} as steps of a path and ignore empty names, whereas S3 keeps all of
     *     these as names
     */
    @JsonCreator
    public static S3Location of(String uri) {
        S3Location location = find(uri)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + uri + "' is not an S3 location such as s3://bucket/prefix/"));
        location.segments().filter(NO_NAMES::contains).findFirst().ifPresent(segment -> {
            throw new IllegalArgumentException(
                    "'" + uri + "' has the segment '" + segment
                            + "', which S3 takes for a name and query engines do not: expected a path without '..', '.' and '//'");
        });
        return location;
    }

    /** Reads a folder's URI, even if query engines cannot find the folder; empty if the text is not such a URI. */
    public static Optional<S3Location> find(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        return Optional.of(
                new S3Location(matcher.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/"));
    }

    private Stream<String> segments() {
        return prefix.isEmpty()
                ? Stream.empty()
                : Stream.of(prefix.substring(0, prefix.length() - 1).split("/", -1));
    }

    /** Whether the other folder lies in this one. */
    public boolean holds(S3Location other) {
        return bucket.equals(other.bucket) && other.prefix.startsWith(prefix) && !equals(other);
    }

    /** Whether the folders are the same, or one lies in the other. */
    public boolean overlaps(S3Location other) {
        return equals(other) || holds(other) || other.holds(this);
    }

    /** The URI of a key in the same bucket. */
    public String uriOf(String key) {
        return "s3://" + bucket + "/" + key;
    }

    @JsonValue
    public String uri() {
        return uriOf(prefix);
    }

    @Override
    public String toString() {
        return uri();
    }
}
