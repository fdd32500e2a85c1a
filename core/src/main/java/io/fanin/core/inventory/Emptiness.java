package io.fanin.core.inventory;

/** What lies in a partition without data objects. */
public enum Emptiness {
    /** Nothing: it was never there, or is gone. */
    NOTHING,
    /** Markers of folders alone: nobody has written anything yet. */
    FOLDER_MARKERS,
    /** Names that readers pass over: somebody has written something, and no data, as an empty Spark job does. */
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
