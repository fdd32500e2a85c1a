package io.fanin.core.inventory;

/** What lies in a partition without data objects. */
public enum Emptiness {
    /** Nothing: it never existed, or is gone. */
    NOTHING,
    /** Only folder markers: nothing has been written yet. */
    FOLDER_MARKERS,
    /** Only names that readers ignore: a job has written something but no data, as an empty Spark job does. */
    IGNORED_NAMES;

    /**
     * Of a partition without data objects.
     *
     * @param names of all objects
     * @param folderMarkers those of them that only stand for folders
     */
    public static Emptiness of(long names, long folderMarkers) {
        if (names == 0) {
            return NOTHING;
        }
        return names == folderMarkers ? FOLDER_MARKERS : IGNORED_NAMES;
    }
}
