package io.fanin.core.failure;

/** A failure of a service that passes: what failed may be repeated, and the message quotes no data. */
public interface PassingFailure {}
