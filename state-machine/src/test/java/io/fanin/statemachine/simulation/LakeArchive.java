package io.fanin.statemachine.simulation;

/**
 * The location outside the table's folder where another tool keeps copies of partitions, for tables of data in place.
 */
record LakeArchive(LakeBuckets buckets) {

    private static final String FOLDER = "archive/events/";

    /** Puts a copy of a partition there, and returns the URI of its folder. */
    String keep(int partition) {
        String folder = FOLDER + partition + "/";
        buckets.put(folder + "part-0", "kept");
        return LakeBuckets.uri(folder);
    }

    static boolean holds(String uri) {
        return uri.startsWith(LakeBuckets.uri(FOLDER));
    }
}
