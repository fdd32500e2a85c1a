package io.fanin.model.text;

import java.util.Comparator;

/**
 * The order of S3's listings: by UTF-8 bytes, which is by code point. {@link String#compareTo} compares UTF-16 units
 * and puts characters beyond the basic plane before U+E000.
 */
public final class Utf8Order implements Comparator<String> {

    public static final Utf8Order INSTANCE = new Utf8Order();

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
}
