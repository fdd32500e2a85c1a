package io.fanin.records.raw.text;

import java.nio.charset.StandardCharsets;

/** What stands between the quotes of a sound JSON string. */
public final class JsonStrings {

    private JsonStrings() {}

    /** Whether there are escapes to resolve. */
    public static boolean isEscaped(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** The text, its escapes resolved. */
    public static String decode(byte[] bytes, int from, int to) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            c = raw.charAt(++i);
            if (c == 'u') {
                text.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                text.append(
                        switch (c) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> c;
                        });
            }
        }
        return text.toString();
    }
}
