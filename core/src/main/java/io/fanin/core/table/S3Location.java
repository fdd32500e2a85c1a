package io.fanin.core.table;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder in S3: a bucket and a key prefix.
 *
 * @param prefix empty, or ending in {@code /}, so that {@code events/} never means {@code events_v2/} too
 */
public record S3Location(String bucket, String prefix) {

    private static final Pattern URI =
            Pattern.compile("s3[an]?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.DOTALL);

    public S3Location {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("a folder's prefix ends in '/': " + prefix);
        }
    }

    /**
     * Reads {@code s3://bucket/prefix/}; the last slash may be left out.
     *
     * @throws IllegalArgumentException when the text is no such URI
     */
    @JsonCreator
    public static S3Location of(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + uri + "' is no S3 location such as s3://bucket/prefix/");
        }
        String prefix = matcher.group(2) == null ? "" : matcher.group(2);
        return new S3Location(matcher.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    /** The same; empty when the text is no such URI. */
    public static Optional<S3Location> find(String uri) {
        return URI.matcher(uri).matches() ? Optional.of(of(uri)) : Optional.empty();
    }

    /** Whether the other folder lies in this one. */
    public boolean holds(S3Location other) {
        return bucket.equals(other.bucket) && other.prefix.startsWith(prefix) && !equals(other);
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
