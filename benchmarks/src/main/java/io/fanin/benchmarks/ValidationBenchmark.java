package io.fanin.benchmarks;

import java.io.IOException;
import java.util.List;

/** What validating Parquet asks of S3. */
final class ValidationBenchmark implements Benchmark {

    static final int OBJECTS = 100;

    /** Of an object of 64 MB, about. */
    private static final long ROWS = 440_000;

    /** The objects' content is held in the measuring JVM, and so is what writes it. */
    private static final int HEAP_MEGABYTES = 512;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        try {
            return ValidationRows.of(MeasuringJvm.run(List.of(new ValidationWorkload(OBJECTS, ROWS)), HEAP_MEGABYTES));
        } catch (MeasuringJvm.FailedException e) {
            return List.of(Row.failed("validate", e.getMessage()));
        }
    }
}
