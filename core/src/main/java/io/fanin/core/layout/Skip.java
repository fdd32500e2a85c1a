package io.fanin.core.layout;

/**
 * A name that is not taken for a partition.
 *
 * @param prefix the raw key or prefix
 * @param detail what was found and what was expected, for a person to read
 */
public record Skip(String prefix, SkipReason reason, String detail) {}
