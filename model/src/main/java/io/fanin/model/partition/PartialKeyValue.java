package io.fanin.model.partition;

/**
 * The part of a key's value in the first segments of a path. A key whose format has slashes spans several levels, so
 * its value is known only in part above the last of them.
 *
 * @param text from the prefix, decoded, levels joined by {@code /}
 * @param levels how many of the key's levels the text has
 * @param isWhole whether that is all of them
 */
public record PartialKeyValue(String text, int levels, boolean isWhole) {}
