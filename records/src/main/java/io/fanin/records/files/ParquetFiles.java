package io.fanin.records.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Takes the Parquet files that are made of a partition's raw records. */
@FunctionalInterface
public interface ParquetFiles {

    /**
     * A file begins to be written, at its end and nowhere else; it is accepted when it is complete.
     *
     * @return is told its length in bytes now and then meanwhile, by any thread
     */
    default LongConsumer begin(Path file) {
        return length -> {};
    }

    /**
     * Takes a complete file; whoever takes it deletes it when it is no longer needed. What it throws ends the conversion.
     *
     * @param rows in it
     */
    void accept(Path file, long rows) throws IOException;
}
