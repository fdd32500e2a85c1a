package io.fanin.fakes;

import java.util.Iterator;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A bucket whose keys are computed when they are requested, all with the same content. Nothing can be written to it.
 */
final class ComputedBucket extends S3Bucket {

    private final ComputedKeys keys;
    private final S3Object content;

    ComputedBucket(ComputedKeys keys, S3Object content) {
        this.keys = keys;
        this.content = content;
    }

    @Override
    Iterator<Entry<String, S3Object>> from(String name) {
        return new Iterator<>() {
            private Optional<String> next = keys.ceiling(name);

            @Override
            public boolean hasNext() {
                return next.isPresent();
            }

            @Override
            public Entry<String, S3Object> next() {
                String key = next.orElseThrow(NoSuchElementException::new);
                next = keys.ceiling(Utf8Bounds.after(key));
                return Map.entry(key, content);
            }
        };
    }

    @Override
    Optional<S3Object> find(String key) {
        return keys.ceiling(key).filter(key::equals).map(found -> content);
    }

    @Override
    synchronized void put(String key, S3Object object, Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        throw readOnly(key);
    }

    @Override
    synchronized void delete(String key, Optional<String> ifMatch) {
        throw readOnly(key);
    }

    private static Refusal readOnly(String key) {
        return new Refusal(405, "MethodNotAllowed", "The keys of this bucket are computed, it cannot hold " + key);
    }
}
