package io.fanin.records.files;

/**
 * Says when a Parquet file has enough rows: when what DuckDB has got for it makes a file of the size that is wanted. How
 * much smaller Parquet is shows as soon as a part of the file is written, and with each file that ends.
 */
final class FileSize {

    /** How many times larger rows are in memory than in Parquet, where nothing is known yet. */
    private static final double FIRST_RATIO = 6;

    private static final double LEAST_RATIO = 1;

    private final long wanted;
    private final long rowGroupBytes;
    private final long inMemory;
    private double ratio = FIRST_RATIO;

    /**
     * None ended yet.
     *
     * @param wanted bytes of a file
     * @param rowGroupBytes of a row group in memory
     * @param threads each of which gathers a row group before it is written
     */
    FileSize(long wanted, long rowGroupBytes, int threads) {
        this.wanted = wanted;
        this.rowGroupBytes = rowGroupBytes;
        this.inMemory = rowGroupBytes * threads;
    }

    /**
     * Whether the file has enough.
     *
     * @param rows bytes that DuckDB has got for it
     * @param written bytes that it has until now
     */
    boolean isReached(long rows, long written) {
        return rows / (written == 0 ? ratio : ratio(partlyWritten(rows), written)) >= wanted;
    }

    /** On average half of what DuckDB gathers is there. */
    private long partlyWritten(long rows) {
        return Math.max(rowGroupBytes, rows - inMemory / 2);
    }

    /** The file has ended, with all of these bytes of rows in it. */
    void ended(long rows, long written) {
        ratio = ratio(rows, written);
    }

    private static double ratio(long rows, long written) {
        return Math.max(LEAST_RATIO, (double) rows / written);
    }
}
