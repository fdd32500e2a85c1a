package io.fanin.fakes;

/**
 * The behaviour of a listing with a delimiter if {@code StartAfter} lies inside a common prefix, or is that prefix. AWS
 * does not document it, so code has to be right either way.
 */
public enum StartAfterInside {
    /** The common prefix is returned as long as one key below it comes after StartAfter. */
    RETURNS_PREFIX,
    /** The common prefix counts as passed. */
    SKIPS_PREFIX
}
