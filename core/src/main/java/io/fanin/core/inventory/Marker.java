package io.fanin.core.inventory;

/** The object directly in a partition, such as {@code _SUCCESS}, that is looked for while the partition is listed. */
public sealed interface Marker {

    /** None is looked for. */
    Marker NONE = new None();

    record None() implements Marker {}

    record Named(String name) implements Marker {}
}
