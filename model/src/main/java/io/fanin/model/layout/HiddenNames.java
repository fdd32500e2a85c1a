package io.fanin.model.layout;

/**
 * Names that Hive, Trino and Athena ignore: those that begin with {@code _} or {@code .}, as Spark's {@code _SUCCESS}
 * and {@code _temporary/}, and checksums.
 */
public final class HiddenNames {

    private HiddenNames() {}

    /** Whether the name of a folder or an object is ignored. */
    public static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }

    /** Whether any name on the path is ignored. */
    public static boolean isAnyHidden(String path) {
        return isHidden(path) || path.contains("/_") || path.contains("/.");
    }
}
