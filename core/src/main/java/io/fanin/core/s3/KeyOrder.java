package io.fanin.core.s3;

import java.util.Comparator;

/**
 * The order in which S3 lists keys: that of their UTF-8 bytes. Java's own order differs from it where one of two keys has
 * characters beyond the basic plane.
 */
public final class KeyOrder {

    public static final Comparator<String> BYTES = KeyOrder::compare;

    private KeyOrder() {}

    private static int compare(String one, String other) {
        int end = Math.min(one.length(), other.length());
        for (int i = 0; i < end; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
