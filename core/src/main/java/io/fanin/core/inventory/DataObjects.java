package io.fanin.core.inventory;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.layout.HiddenNames;

/**
 * Determines whether an object below a partition's prefix is data: it has no {@linkplain HiddenNames hidden name}, and
 * is not a folder marker of a file system on S3, whose key ends in {@code /} with nothing in it, or in
 * {@code $folder$}.
 */
public final class DataObjects {

    /** The suffix of the keys that file systems on S3 create for folders. */
    public static final String FOLDER_MARKER = "$folder$";

    private DataObjects() {}

    /**
     * Whether query engines read the object as data.
     *
     * @param prefix the partition's, with which the key of {@code object} begins; hidden names within it are ignored
     */
    public static boolean isData(String prefix, ObjectSummary object) {
        return !isFolderMarker(object) && !HiddenNames.isAnyHidden(object.key().substring(prefix.length()));
    }

    /** Whether an object of this key is a folder marker, unless its key ends in {@code /} and it has content. */
    public static boolean isFolderMarker(String key) {
        return key.endsWith("/") || key.endsWith(FOLDER_MARKER);
    }

    /** Whether the object is a folder marker, which a tool created and which contains no data. */
    public static boolean isFolderMarker(ObjectSummary object) {
        return object.key().endsWith(FOLDER_MARKER) || (object.key().endsWith("/") && object.size() == 0);
    }
}
