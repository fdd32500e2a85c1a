package io.fanin.core.partition;

/**
 * What a part of a path says of a key: the text of its first levels.
 *
 * @param text as it stands in the prefix, decoded, levels joined by {@code /}
 * @param levels how many of the key's levels the text has
 * @param isWhole whether that is all of them
 */
public record PartialKeyValue(String text, int levels, boolean isWhole) {}
