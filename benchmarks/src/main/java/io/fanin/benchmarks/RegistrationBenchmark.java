package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Measures registration: the requests, memory and time of the table-creator. */
final class RegistrationBenchmark implements Benchmark {

    static final int DAY = 24;
    static final int MANY = 10_000;

    /** The maximum number of batches of a pass. */
    static final int RESULTS = 2_500;

    static final int COLUMNS = 30;
    static final int MANY_COLUMNS = 300;
    private static final int MAX_GLUE_OF_DAY = 5;
    private static final int MAX_GLUE_OF_MANY = 230;
    private static final int MAX_S3 = RESULTS + 10;
    private static final double MAX_SECONDS = 10;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(attempt("a day", RegistrationBenchmark::day, new RegistrationWorkload(DAY, COLUMNS, false)));
        rows.addAll(attempt("many", RegistrationBenchmark::many, new RegistrationWorkload(MANY, COLUMNS, false)));
        rows.addAll(attempt(
                "a wide table", RegistrationBenchmark::wide, new RegistrationWorkload(MANY, MANY_COLUMNS, false)));
        rows.addAll(attempt("fan-in", RegistrationBenchmark::fanIn, new RegistrationWorkload(RESULTS, COLUMNS, true)));
        return rows;
    }

    private static List<Row> attempt(String what, Function<Report, List<Row>> rows, RegistrationWorkload workload)
            throws IOException, InterruptedException {
        return MeasuringJvm.attempt(what, rows, MeasuringJvm.HEAP_MEGABYTES, List.of(workload));
    }

    static List<Row> day(Report report) {
        return List.of(Row.atMost(
                "%,d new partitions: Glue".formatted(DAY),
                MAX_GLUE_OF_DAY,
                first(report).glue()));
    }

    static List<Row> many(Report report) {
        return many("%,d new partitions: ".formatted(MANY), report);
    }

    static List<Row> wide(Report report) {
        return many("%,d new partitions of %,d columns: ".formatted(MANY, MANY_COLUMNS), report);
    }

    static List<Row> fanIn(Report report) {
        Measured measured = first(report);
        String work = "%,d result objects over loopback: ".formatted(RESULTS);
        double seconds = measured.nanos() / 1e9;
        return List.of(
                Row.atMost(
                        work + "S3 requests for them and the manifest",
                        MAX_S3,
                        measured.requests().getOrDefault(RegistrationWorkload.FAN_IN, 0L)),
                new Row(
                        work + "time of the whole invocation",
                        "≤ %.0f s".formatted(MAX_SECONDS),
                        "%.1f s".formatted(seconds),
                        seconds <= MAX_SECONDS),
                Row.unbounded(
                        work + "requests of the whole invocation",
                        "%,d S3, %,d Glue".formatted(measured.s3(), measured.glue())));
    }

    private static List<Row> many(String work, Report report) {
        return List.of(
                Row.atMost(work + "Glue", MAX_GLUE_OF_MANY, first(report).glue()),
                DetectionBenchmark.heap(work, report),
                DetectionBenchmark.time(work, first(report)));
    }

    private static Measured first(Report report) {
        return report.runs().getFirst();
    }
}
