package io.fanin.statemachine.simulation;

/** Where another tool keeps partitions of a table whose data stays as it is, out of the table's folder. */
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
