package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.List;

/** Measures the requests to S3 for validating Parquet. */
final class ValidationBenchmark implements Benchmark {

    static final int OBJECTS = 100;

    /** Rows of an object of about 64 MB. */
    private static final long ROWS = 440_000;

    /** The measuring JVM also holds the objects' content and the code that writes it. */
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
