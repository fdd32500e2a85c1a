package io.fanin.model.partition;

/**
 * The least name of a level, in the order of bytes, below which a partition may begin at or after a time.
 *
 * @param text the part of the name in which that order follows time
 * @param hasTime whether the text contains a unit of time
 * @param isWhole whether it is the whole name, so that only partitions below or after this folder can begin so late
 */
public record LeastName(String text, boolean hasTime, boolean isWhole) {}
