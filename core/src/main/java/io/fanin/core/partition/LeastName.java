package io.fanin.core.partition;

/**
 * The least name of a level, in the order of bytes, below which a partition may begin at a moment or later.
 *
 * @param text as much of the name as that order follows time
 * @param tellsTime whether any of it is time
 * @param isWhole whether it is the whole name, so that only what lies below this folder or behind it can begin so late
 */
public record LeastName(String text, boolean tellsTime, boolean isWhole) {}
