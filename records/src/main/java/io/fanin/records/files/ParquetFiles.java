package io.fanin.records.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Takes the Parquet files of a partition. */
@FunctionalInterface
public interface ParquetFiles {

    /**
     * Announces a file that will be written, by appending only. The result receives its length repeatedly, from any
     * thread.
     */
    default LongConsumer begin(Path file) {
        return length -> {};
    }

    /**
     * Takes a complete file with its rows, and deletes it when it is no longer needed. An exception ends the
     * conversion.
     */
    void accept(Path file, long rows) throws IOException;
}
