package io.fanin.model.text;

/** Counts with their nouns, for messages. */
public final class Counted {

    private Counted() {}

    /**
     * The count and the noun, as in {@code 1 record} and {@code 2 records}.
     *
     * @param noun one whose plural ends in {@code s} and is otherwise the same
     */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** The count and the noun, as in {@code 1 batch} and {@code 2 batches}. */
    public static String of(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }
}
