package io.fanin.fakes;

import io.fanin.model.text.Utf8Order;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * One bucket. Writes happen one at a time, so that a condition holds when its write takes place; reads do not wait.
 * Conditions: <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">Conditional
 * requests</a>.
 */
class S3Bucket {

    /** As it was put, in XML. */
    volatile String notifications = "<NotificationConfiguration/>";

    final S3Lifecycle lifecycle = new S3Lifecycle();

    private final NavigableMap<String, S3Object> objects = new ConcurrentSkipListMap<>(Utf8Order.INSTANCE);

    /** The objects from this name on, in S3's order. */
    Iterator<Entry<String, S3Object>> from(String name) {
        return objects.tailMap(name, true).entrySet().iterator();
    }

    Optional<S3Object> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    S3Object get(String key) {
        return find(key).orElseThrow(() -> noSuchKey(key));
    }

    synchronized void put(String key, S3Object object, Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        Optional<S3Object> existing = find(key);
        if (ifNoneMatch.isPresent() && existing.isPresent()) {
            throw preconditionFailed("If-None-Match");
        }
        if (ifMatch.isPresent()) {
            requireMatch(existing.orElseThrow(() -> noSuchKey(key)), ifMatch.get());
        }
        objects.put(key, object);
    }

    /** Deleting an object that does not exist succeeds, whatever the condition. */
    synchronized void delete(String key, Optional<String> ifMatch) {
        find(key).ifPresent(existing -> ifMatch.ifPresent(etag -> requireMatch(existing, etag)));
        objects.remove(key);
    }

    static void requireMatch(S3Object object, String etag) {
        if (!object.matches(etag)) {
            throw preconditionFailed("If-Match");
        }
    }

    private static Refusal preconditionFailed(String condition) {
        return new Refusal(
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold: " + condition);
    }

    private static Refusal noSuchKey(String key) {
        return new Refusal(404, "NoSuchKey", "The specified key does not exist: " + key);
    }
}
