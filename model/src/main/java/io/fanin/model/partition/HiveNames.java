package io.fanin.model.partition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * Hive's escaping of names and values in a path.
 *
 * <p>The characters are those of Hive's {@code FileUtils.escapePathName}; a value that is null or empty is written
 * {@link PartitionValues#HIVE_DEFAULT}.
 */
public final class HiveNames {

    private static final BitSet ESCAPED = new BitSet(128);
    private static final HexFormat ESCAPES = HexFormat.of().withUpperCase();

    static {
        ESCAPED.set(0x00, 0x20);
        ESCAPED.set(0x7F);
        "\"#%'*/:=?\\{[]^".chars().forEach(ESCAPED::set);
    }

    private HiveNames() {}

    public static String escape(String text) {
        if (text.isEmpty()) {
            return PartitionValues.HIVE_DEFAULT;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && ESCAPED.get(c)) {
                escaped.append('%').append(ESCAPES.toHexDigits((byte) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * Decodes once. Neighbouring escapes are the bytes of UTF-8, as other writers than Hive produce them; bytes that
     * are no UTF-8, and a {@code %} before anything but two ASCII hex digits, stay as they are.
     */
    public static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = i;
            while (escapedByte(text, end) >= 0) {
                end += 3;
            }
            if (end > i) {
                decoded.append(decodeEscapes(text.substring(i, end)));
                i = end;
            } else {
                decoded.append(text.charAt(i++));
            }
        }
        return decoded.toString();
    }

    /** The byte of which an escape stands at an index; -1 if none does. */
    public static int escapedByte(CharSequence text, int at) {
        boolean isEscape = at + 2 < text.length()
                && text.charAt(at) == '%'
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
        return isEscape ? HexFormat.fromHexDigits(text, at + 1, at + 3) : -1;
    }

    private static String decodeEscapes(String escapes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(escapes.length() / 3);
        for (int i = 0; i < escapes.length(); i += 3) {
            bytes.write(escapedByte(escapes, i));
        }
        byte[] utf8 = bytes.toByteArray();
        String decoded = new String(utf8, StandardCharsets.UTF_8);
        boolean valid = Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), utf8);
        return valid ? decoded : escapes;
    }
}
