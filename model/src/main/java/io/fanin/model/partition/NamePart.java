package io.fanin.model.partition;

import java.util.Optional;

/**
 * A part of the names at a level of a layout: literal text, or the value of a key. Bounds of listings are computed from
 * it.
 */
public sealed interface NamePart {

    /** Literal text. */
    record Literal(String text) implements NamePart {}

    /**
     * The value of a key, or a part of it.
     *
     * @param key its index
     * @param pattern how a time is written here; empty if the key is not a complete time
     */
    record Value(int key, Optional<String> pattern) implements NamePart {}
}
