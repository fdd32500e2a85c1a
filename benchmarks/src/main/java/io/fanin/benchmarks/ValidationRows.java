package io.fanin.benchmarks;

import static io.fanin.benchmarks.ValidationBenchmark.OBJECTS;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.List;

/** Compares the measurements of {@link ValidationBenchmark} with their bounds; pure. */
final class ValidationRows {

    private static final double MAX_REQUESTS = 2;
    private static final int MAX_KIBIBYTES = 128;
    private static final int KIBIBYTE = 1024;

    private ValidationRows() {}

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
                DetectionRows.time(work, run));
    }
}
