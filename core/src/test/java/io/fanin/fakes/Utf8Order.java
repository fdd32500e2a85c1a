package io.fanin.fakes;

import java.util.Comparator;

/**
 * The order of S3's listings: by UTF-8 bytes, which is by code point. {@link String#compareTo} goes by UTF-16 unit and
 * puts what lies beyond the basic plane before U+E000.
 */
final class Utf8Order implements Comparator<String> {

    static final Utf8Order INSTANCE = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftBeyond = Character.isSurrogate(left);
                return leftBeyond == Character.isSurrogate(right)
                        ? Character.compare(left, right)
                        : leftBeyond ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

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

    String max(String a, String b) {
        return compare(a, b) >= 0 ? a : b;
    }
}
