package io.fanin.processor.validate;

/** Text of others, made fit for a message about an object: short, on one line. */
final class Printable {
    private static final int DETAIL = 160;
    private static final int KEY = 200;

    private Printable() {}

    /** A decoder's description, which may quote the data: its beginning. */
    static String detail(String text) {
        return io.fanin.core.text.Printable.beginning(text, DETAIL);
    }

    /** An object's key or a prefix: its end, which tells objects of one table apart. */
    static String key(String key) {
        return key.length() <= KEY
                ? io.fanin.core.text.Printable.of(key)
                : "..." + io.fanin.core.text.Printable.of(key.substring(key.length() - KEY));
    }
}
