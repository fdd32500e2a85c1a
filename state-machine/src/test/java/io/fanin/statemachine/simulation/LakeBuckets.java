package io.fanin.statemachine.simulation;

import io.fanin.fakes.FakeS3;
import java.util.List;
import java.util.Optional;

/**
 * The lake's objects in its two buckets, with a unique name each: the key in the first bucket; the other bucket's name,
 * a colon and the key in the second. The same key in both denotes two objects.
 */
record LakeBuckets(FakeS3 s3) {

    /** The names of both, as a stack's parameter lists them. */
    static final String BOTH = "lake,other-lake";

    /** The prefix of names in the other bucket. */
    static final String OTHER = "other-lake:";

    private static final String FIRST_BUCKET = "lake";
    private static final String OTHER_BUCKET = "other-lake";
    private static final String SCHEME = "s3://";

    LakeBuckets {
        s3.createBucket(FIRST_BUCKET).createBucket(OTHER_BUCKET);
    }

    /** The bucket of an object or folder. */
    static String bucket(String name) {
        return name.startsWith(OTHER) ? OTHER_BUCKET : FIRST_BUCKET;
    }

    /** The key of an object, or the prefix of a folder. */
    static String key(String name) {
        return name.startsWith(OTHER) ? name.substring(OTHER.length()) : name;
    }

    static String uri(String name) {
        return SCHEME + bucket(name) + "/" + key(name);
    }

    /** The name for a URI in the lake; any other URI unchanged. */
    static String name(String uri) {
        return ofCall(uri.replace(SCHEME, "")).orElse(uri);
    }

    /** The name for a bucket and a key with a slash between them; absent if the bucket is not the lake's. */
    static Optional<String> ofCall(String target) {
        if (target.startsWith(OTHER_BUCKET + "/")) {
            return Optional.of(OTHER + target.substring(OTHER_BUCKET.length() + 1));
        }
        return target.startsWith(FIRST_BUCKET + "/")
                ? Optional.of(target.substring(FIRST_BUCKET.length() + 1))
                : Optional.empty();
    }

    void put(String name, String content) {
        s3.put(bucket(name), key(name), content);
    }

    void put(String name, byte[] content) {
        s3.put(bucket(name), key(name), content);
    }

    Optional<byte[]> get(String name) {
        return s3.get(bucket(name), key(name));
    }

    Optional<String> text(String name) {
        return s3.text(bucket(name), key(name));
    }

    void delete(String name) {
        s3.delete(bucket(name), key(name));
    }

    /** The names of all objects of a folder. */
    List<String> names(String folder) {
        String prefix = key(folder);
        return s3.keys(bucket(folder), prefix).stream()
                .map(key -> folder + key.substring(prefix.length()))
                .toList();
    }
}
