package io.fanin.model.partition;

/**
 * The part of a key's value in a part of a path: the text of its first levels.
 *
 * @param text from the prefix, decoded, levels joined by {@code /}
 * @param levels how many of the key's levels the text has
 * @param isWhole whether that is all of them
 */
public record PartialKeyValue(String text, int levels, boolean isWhole) {}
