package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Measures the requests to S3 for validating Parquet, and the time for checking the types of JSON and CSV. */
final class ValidationBenchmark implements Benchmark {

    static final int OBJECTS = 100;

    /** The number of rows of an object of about 64 MB. */
    private static final long ROWS = 440_000;

    /** The measuring JVM also holds the objects' content and the code that writes it. */
    private static final int HEAP_MEGABYTES = 512;

    private static final double MAX_REQUESTS = 2;
    private static final int MAX_KIBIBYTES = 128;
    private static final int KIBIBYTE = 1024;

    private static final int TEXT_MEGABYTES = 64;

    /** The number of runs of each kind, in turn. */
    private static final int TEXT_RUNS = 7;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>(MeasuringJvm.attempt(
                "validate", ValidationBenchmark::of, HEAP_MEGABYTES, List.of(new ValidationWorkload(OBJECTS, ROWS))));
        for (RawFlights.Form form : List.of(RawFlights.Form.JSON, RawFlights.Form.CSV)) {
            List<TextValidationWorkload> inTurn = new ArrayList<>();
            for (int i = 0; i < TEXT_RUNS; i++) {
                inTurn.add(new TextValidationWorkload(form, false, TEXT_MEGABYTES));
                inTurn.add(new TextValidationWorkload(form, true, TEXT_MEGABYTES));
            }
            rows.addAll(
                    MeasuringJvm.attempt("validate " + form, report -> ofText(form, report), HEAP_MEGABYTES, inTurn));
        }
        return rows;
    }

    /** The medians of runs without types and with them, which take turns. */
    static List<Row> ofText(RawFlights.Form form, Report report) {
        double without = medianSeconds(report, 0);
        double with = medianSeconds(report, 1);
        return List.of(new Row(
                "%d MB of %s with types, as a ratio of the same without".formatted(TEXT_MEGABYTES, form),
                "none",
                "%.2f (%.2f s, %.2f s)".formatted(with / without, with, without),
                true));
    }

    private static double medianSeconds(Report report, int first) {
        List<Long> nanos = IntStream.iterate(first, i -> i < report.runs().size(), i -> i + 2)
                .mapToObj(i -> report.runs().get(i).nanos())
                .sorted()
                .toList();
        return nanos.get(nanos.size() / 2) / 1e9;
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
