package io.fanin.fakes;

import io.fanin.model.text.Utf8Order;

/** The bounds of a part of a listing, in {@link Utf8Order}. */
final class Utf8Bounds {

    private Utf8Bounds() {}

    /** The first string that comes after everything beginning with this prefix. */
    static String afterAll(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        int next = last == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : last + 1;
        return new StringBuilder(prefix)
                .delete(prefix.length() - Character.charCount(last), prefix.length())
                .appendCodePoint(next)
                .toString();
    }

    /** The first string that comes after this one. */
    static String after(String key) {
        return key + '\0';
    }

    static String max(String a, String b) {
        return Utf8Order.INSTANCE.compare(a, b) >= 0 ? a : b;
    }
}
