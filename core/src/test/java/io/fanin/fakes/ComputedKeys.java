package io.fanin.fakes;

import java.util.Optional;

/** The keys of a bucket with too many keys for memory. Thread-safe. */
@FunctionalInterface
public interface ComputedKeys {

    /** The first key that is this name or comes after it, in S3's order: by UTF-8 bytes. */
    Optional<String> ceiling(String name);
}
