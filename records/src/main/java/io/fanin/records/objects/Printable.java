package io.fanin.records.objects;

import io.fanin.model.text.LogSafe;

/** Prepares foreign text for a message: short, and on one line. */
public final class Printable {
    private static final int DETAIL = 160;
    private static final int KEY = 200;

    private Printable() {}

    /** A decoder's description, which may quote the data: its beginning. */
    public static String detail(String text) {
        return LogSafe.beginning(text, DETAIL);
    }

    /** The beginning of a message of several lines, such as a database's, joined by spaces. */
    public static String prose(String text) {
        return LogSafe.ofLines(text, DETAIL);
    }

    /** An object's key or a prefix: its end, which tells objects of one table apart. */
    public static String key(String key) {
        return key.length() <= KEY ? LogSafe.of(key) : "..." + LogSafe.of(key.substring(key.length() - KEY));
    }
}
