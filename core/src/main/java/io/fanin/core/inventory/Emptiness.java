package io.fanin.core.inventory;

/** The content of a partition without data. */
public enum Emptiness {
    /** No objects: the partition never existed, or is gone. */
    NOTHING,
    /** Only folder markers: nothing has been written yet. */
    FOLDER_MARKERS,
    /** Only names that query engines ignore: a job has written objects but no data, as an empty Spark job does. */
    IGNORED_NAMES,
    /** Only data objects of zero bytes. */
    NO_BYTES;

    /**
     * The content of a partition without data objects.
     *
     * @param names the number of all objects
     * @param folderMarkers the number of folder markers among them
     */
    public static Emptiness of(long names, long folderMarkers) {
        if (names == 0) {
            return NOTHING;
        }
        return names == folderMarkers ? FOLDER_MARKERS : IGNORED_NAMES;
    }
}
