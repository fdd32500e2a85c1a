package io.fanin.core.inventory;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.layout.HiddenNames;

/**
 * Which objects below a partition's prefix are data: none with a {@linkplain HiddenNames hidden name}, and no marker that file
 * systems on S3 leave for a folder, whose key ends in {@code /} with nothing in it, or in {@code $folder$}.
 */
public final class DataObjects {

    /** The suffix of the keys that file systems on S3 create for folders. */
    public static final String FOLDER_MARKER = "$folder$";

    private DataObjects() {}

    /**
     * Whether readers take the object for data.
     *
     * @param prefix the partition's, which {@code object}'s key begins with; its own segments do not matter
     */
    public static boolean isData(String prefix, ObjectSummary object) {
        return !isFolderMarker(object) && !HiddenNames.isAnyHidden(object.key().substring(prefix.length()));
    }

    /** Whether the object only represents a folder: a tool created it, and it contains no data. */
    public static boolean isFolderMarker(ObjectSummary object) {
        return object.key().endsWith(FOLDER_MARKER) || (object.key().endsWith("/") && object.size() == 0);
    }
}
