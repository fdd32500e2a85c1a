package io.fanin.model.layout;

/**
 * Names that Hive, Trino and Athena ignore: those that begin with {@code _} or {@code .}, as Spark's {@code _SUCCESS}
 * and {@code _temporary/}, and checksums.
 */
public final class HiddenNames {

    private HiddenNames() {}

    /** Whether the name of a folder or an object is ignored. */
    public static boolean isHidden(CharSequence name) {
        return !name.isEmpty() && (name.charAt(0) == '_' || name.charAt(0) == '.');
    }

    /** Whether any name on the path is ignored. */
    public static boolean isAnyHidden(String path) {
        return isHidden(path) || path.contains("/_") || path.contains("/.");
    }
}
