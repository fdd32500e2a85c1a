package io.fanin.core.text;

/** A number of things, in words. */
public final class Counted {

    private Counted() {}

    /**
     * The count and the noun, as in {@code 1 record} and {@code 2 records}.
     *
     * @param noun one whose plural ends in {@code s} and is otherwise the same
     */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
