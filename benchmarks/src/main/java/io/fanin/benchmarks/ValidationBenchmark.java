package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
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

    private static final double MAX_REQUESTS = 2;
    private static final int MAX_KIBIBYTES = 128;
    private static final int KIBIBYTE = 1024;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        return MeasuringJvm.attempt(
                "validate", ValidationBenchmark::of, HEAP_MEGABYTES, List.of(new ValidationWorkload(OBJECTS, ROWS)));
    }

    static List<Row> of(Report report) {
        Measured run = report.runs().getFirst();
        String work = "%d Parquet objects of 64 MB: ".formatted(OBJECTS);
        double requests = (double) run.s3() / OBJECTS;
        double kibibytes = (double) run.receivedBytes() / KIBIBYTE / OBJECTS;
        return List.of(
                new Row(
                        work + "requests of an object, with the listing's",
                        "≤ %.0f".formatted(MAX_REQUESTS),
                        "%.2f".formatted(requests),
                        requests <= MAX_REQUESTS),
                new Row(
                        work + "KB received of an object",
                        "≤ " + MAX_KIBIBYTES,
                        "%.1f".formatted(kibibytes),
                        kibibytes > 0 && kibibytes <= MAX_KIBIBYTES),
                DetectionBenchmark.time(work, run));
    }
}
