package io.fanin.core.inventory;

import io.fanin.core.s3.ObjectSummary;

/**
 * Which objects below a partition's prefix are data. Hive, Trino and Athena ignore names that begin with {@code _} or
 * {@code .} (Spark's {@code _SUCCESS} and {@code _temporary/}, checksums), and file systems on S3 leave markers for
 * folders: a key that ends in {@code /} with nothing in it, or in {@code $folder$}.
 */
public final class DataObjects {
    private DataObjects() {}

    /**
     * Whether readers take the object for data.
     *
     * @param prefix the partition's, which {@code object}'s key begins with; its own segments do not matter
     */
    public static boolean isData(String prefix, ObjectSummary object) {
        return !isFolderMarker(object) && !isHidden(object.key().substring(prefix.length()));
    }

    /** Whether the object only stands for a folder: a tool left it there, nobody wrote anything. */
    public static boolean isFolderMarker(ObjectSummary object) {
        return object.key().endsWith("$folder$") || (object.key().endsWith("/") && object.size() == 0);
    }

    private static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".") || name.contains("/_") || name.contains("/.");
    }
}
