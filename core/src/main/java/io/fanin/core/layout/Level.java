package io.fanin.core.layout;

import io.fanin.core.partition.NamePart;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One level of a layout: a path segment made of literals and of parts of keys.
 *
 * @param pattern has one group for each part, in the order of {@code parts}
 * @param parts the index of the key that each group belongs to
 * @param names the same, literals included
 * @param shape the form of a segment at this level, for messages
 */
record Level(Pattern pattern, List<Integer> parts, List<NamePart> names, String shape) {

    Level {
        parts = List.copyOf(parts);
        names = List.copyOf(names);
    }

    Matcher match(String segment) {
        return pattern.matcher(segment);
    }
}
