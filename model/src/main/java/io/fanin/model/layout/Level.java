package io.fanin.model.layout;

import io.fanin.model.partition.NamePart;
import java.util.List;
import java.util.Optional;

/**
 * One level of a layout: a path segment made of literals and of parts of keys.
 *
 * @param matcher finds each part, in the order of {@code parts}
 * @param parts the index of the key of each part
 * @param names the same, literals included
 * @param shape the form of a segment at this level, for messages
 */
record Level(SegmentMatcher matcher, List<Integer> parts, List<NamePart> names, String shape) {

    Level {
        parts = List.copyOf(parts);
        names = List.copyOf(names);
    }

    /** The parts of keys in a segment, in the order of {@link #parts}; empty if it does not have this form. */
    Optional<List<String>> match(String segment) {
        return matcher.parts(segment);
    }
}
