package io.fanin.records.files;

/**
 * Decides when a Parquet file has enough rows for the wanted size. The compression ratio is measured as soon as part of
 * a file is written, and with each complete file.
 */
final class FileSize {

    /** The assumed ratio of rows in memory to Parquet, before any measurement. */
    private static final double FIRST_RATIO = 6;

    private static final double MIN_RATIO = 1;

    private final long wanted;
    private final long rowGroupBytes;
    private final long inMemory;
    private double ratio = FIRST_RATIO;

    /**
     * Starts without measurements.
     *
     * @param wanted bytes of a file
     * @param rowGroupBytes of a row group in memory
     * @param threads that each gather a row group before writing it
     */
    FileSize(long wanted, long rowGroupBytes, int threads) {
        this.wanted = wanted;
        this.rowGroupBytes = rowGroupBytes;
        this.inMemory = rowGroupBytes * threads;
    }

    /**
     * Whether the file is large enough, after these bytes of rows were passed to DuckDB and this length was written.
     */
    boolean isReached(long rows, long written) {
        return rows / (written == 0 ? ratio : ratio(partlyWritten(rows), written)) >= wanted;
    }

    /** On average half of what DuckDB gathers is in memory. */
    private long partlyWritten(long rows) {
        return Math.max(rowGroupBytes, rows - inMemory / 2);
    }

    /** Records the size of a complete file, with its bytes of rows. */
    void ended(long rows, long written) {
        ratio = ratio(rows, written);
    }

    private static double ratio(long rows, long written) {
        return Math.max(MIN_RATIO, (double) rows / written);
    }
}
