package io.fanin.benchmarks;

import io.fanin.benchmarks.ConversionWorkload.By;
import io.fanin.benchmarks.RawFlights.Form;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import io.fanin.fakes.FakeS3;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Compares the processor's conversion with DuckDB alone on the same machine: time and memory. */
final class ConversionBenchmark implements Benchmark {

    static final RawFlights LARGE_OBJECTS = new RawFlights(Form.JSON, 32, 500_000_000 / 32, true);
    static final RawFlights SMALL_OBJECTS = new RawFlights(Form.JSON, 10_000, 10_000, false);
    static final RawFlights CSV = new RawFlights(Form.CSV, 8, 100_000_000 / 8, false);
    static final RawFlights MUCH_CSV = new RawFlights(Form.CSV, 80, 1_000_000_000 / 80, false);
    static final RawFlights NESTED = new RawFlights(Form.NESTED_JSON, 8, 100_000_000 / 8, false);
    static final RawFlights WIDE = new RawFlights(Form.WIDE_JSON, 4, 200_000_000 / 4, true);
    static final RawFlights MUCH = new RawFlights(Form.JSON, 64, 2_000_000_000 / 64, true);

    /**
     * Runs of each of the two, alternating; the JVM is still compiling during the first ones, as in a function's first
     * invocation.
     */
    private static final int LARGE_TURNS = 12;

    /** More turns: the SDK's request code takes longer to be compiled. */
    private static final int SMALL_TURNS = 24;

    private static final int FORM_TURNS = 6;
    private static final int MUCH_TURNS = 3;

    /** The heap's share of the function's memory, as in the function's start script. */
    private static final double HEAP_SHARE = 0.25;

    private static final int HEAP_MEGABYTES = (int) (HEAP_SHARE * ConversionWorkload.MEMORY_MEGABYTES);
    private static final double MIN_SHARE_LARGE = 0.65;
    private static final double MIN_SHARE_SMALL = 0.35;
    private static final double MAX_OF_CSV = 1.7;

    /** Reading by HTTP is in it. */
    private static final double MAX_OF_MUCH_CSV = 1.8;

    private static final double MAX_OF_NESTED = 1.8;
    private static final double MAX_OF_WIDE = 1.3;
    private static final double MAX_BYTES_OF_WIDE = 1.05;
    private static final int MEBIBYTE = 1 << 20;
    private static final double MEGABYTE = 1e6;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(MeasuringJvm.attempt(
                "large objects", ConversionBenchmark::largeObjects, HEAP_MEGABYTES, turns(LARGE_TURNS, LARGE_OBJECTS)));
        rows.addAll(MeasuringJvm.attempt(
                "small objects", ConversionBenchmark::smallObjects, HEAP_MEGABYTES, turns(SMALL_TURNS, SMALL_OBJECTS)));
        rows.addAll(MeasuringJvm.attempt("CSV", ConversionBenchmark::csv, HEAP_MEGABYTES, turns(FORM_TURNS, CSV)));
        rows.addAll(muchCsv());
        rows.addAll(MeasuringJvm.attempt(
                "nested JSON", ConversionBenchmark::nested, HEAP_MEGABYTES, turns(FORM_TURNS, NESTED)));
        rows.addAll(
                MeasuringJvm.attempt("wide JSON", ConversionBenchmark::wide, HEAP_MEGABYTES, turns(FORM_TURNS, WIDE)));
        rows.addAll(much());
        return rows;
    }

    /** S3 is in this JVM, so that the measured JVM's memory is only the function's. */
    private static List<Row> much() throws IOException, InterruptedException {
        FakeS3 s3 = ConversionWorkload.filled(MUCH);
        try (Loopback loopback = Loopback.serving(s3)) {
            return MeasuringJvm.attempt(
                    "memory",
                    ConversionBenchmark::memory,
                    JvmStart.byProcessorScript(ConversionWorkload.MEMORY_MEGABYTES),
                    List.of(new ConversionWorkload(By.FUNCTION, MUCH, Optional.of(loopback.endpoint()))));
        }
    }

    /** S3 is in this JVM: the measured one's heap does not hold the Parquet of so much CSV. */
    private static List<Row> muchCsv() throws IOException, InterruptedException {
        try (Loopback loopback = Loopback.serving(ConversionWorkload.filled(MUCH_CSV))) {
            return MeasuringJvm.attempt(
                    "much CSV",
                    ConversionBenchmark::muchCsv,
                    HEAP_MEGABYTES,
                    turns(MUCH_TURNS, new ConversionWorkload(By.FUNCTION, MUCH_CSV, Optional.of(loopback.endpoint()))));
        }
    }

    private static List<ConversionWorkload> turns(int count, RawFlights raw) {
        return turns(count, new ConversionWorkload(By.FUNCTION, raw, Optional.empty()));
    }

    /** Runs of DuckDB and of the function over the same raw data. */
    private static List<ConversionWorkload> turns(int count, ConversionWorkload function) {
        ConversionWorkload duckDb = new ConversionWorkload(By.DUCKDB_ALONE, function.raw(), Optional.empty());
        return Collections.nCopies(count, List.of(duckDb, function)).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The rows for runs of DuckDB and of the function in turns. */
    static List<Row> largeObjects(Report report) {
        return share("500 MB of JSON in 32 gzip objects: ", MIN_SHARE_LARGE, report);
    }

    /** The rows for runs of DuckDB and of the function in turns. */
    static List<Row> smallObjects(Report report) {
        return share("10,000 JSON objects of 10 KB: ", MIN_SHARE_SMALL, report);
    }

    /** The rows for runs of DuckDB and of the function in turns. */
    static List<Row> csv(Report report) {
        return processorTime("100 MB of CSV in 8 objects: ", MAX_OF_CSV, report);
    }

    /** The rows for runs of DuckDB and of the function in turns. */
    static List<Row> muchCsv(Report report) {
        return processorTime("1 GB of CSV in 80 objects, over loopback: ", MAX_OF_MUCH_CSV, report);
    }

    /** The rows for runs of DuckDB and of the function in turns. */
    static List<Row> nested(Report report) {
        return processorTime("100 MB of nested JSON in 8 objects: ", MAX_OF_NESTED, report);
    }

    /** The rows for runs of DuckDB and of the function in turns. */
    static List<Row> wide(Report report) {
        String work = "200 MB of JSON with 300 columns in 4 gzip objects: ";
        double alone = report.runs().get(0).writtenBytes();
        double function = report.runs().get(1).writtenBytes();
        List<Row> rows = new ArrayList<>(processorTime(work, MAX_OF_WIDE, report));
        rows.add(new Row(
                work + "bytes of Parquet, against DuckDB's file",
                "≤ %.2f times".formatted(MAX_BYTES_OF_WIDE),
                "%.2f times (%.1f MB, %.1f MB)".formatted(function / alone, function / MEGABYTE, alone / MEGABYTE),
                function <= MAX_BYTES_OF_WIDE * alone));
        return rows;
    }

    private static List<Row> processorTime(String work, double bound, Report report) {
        double alone = leastRun(report, i -> i % 2 == 0);
        double function = leastRun(report, i -> i % 2 == 1);
        double firstAlone = leastRun(report, i -> i == 0);
        double first = leastRun(report, i -> i == 1);
        return List.of(
                new Row(
                        work + "time of its threads, against those of DuckDB alone",
                        "≤ %.2f times".formatted(bound),
                        "%.2f times (%.2f s, %.2f s)".formatted(function / alone, function, alone),
                        function <= bound * alone),
                Row.unbounded(
                        work + "the same the first time",
                        "%.2f times (%.2f s, %.2f s)".formatted(first / firstAlone, first, firstAlone)));
    }

    static List<Row> memory(Report report) {
        long megabytes = report.processBytes() / MEBIBYTE;
        String work = "2 GB of JSON in 64 gzip objects, over loopback: ";
        return List.of(
                new Row(
                        work + "memory of the process",
                        "≤ %,d MB".formatted(ConversionWorkload.MEMORY_MEGABYTES),
                        "%,d MB at most".formatted(megabytes),
                        megabytes > 0 && megabytes <= ConversionWorkload.MEMORY_MEGABYTES),
                DetectionBenchmark.time(work, report.runs().getFirst()));
    }

    private static List<Row> share(String work, double bound, Report report) {
        double alone = best(report, i -> i % 2 == 0);
        double function = best(report, i -> i % 2 == 1);
        double share = alone / function;
        return List.of(
                new Row(
                        work + "throughput, against DuckDB alone on local files",
                        "≥ %.2f times".formatted(bound),
                        "%.2f times (%.2f s, %.2f s)".formatted(share, function, alone),
                        share >= bound),
                Row.unbounded(
                        work + "time of its threads, against those of DuckDB alone",
                        "%.2f s (DuckDB alone: %.2f s)"
                                .formatted(leastRun(report, i -> i % 2 == 1), leastRun(report, i -> i % 2 == 0))),
                Row.unbounded(
                        work + "the first time",
                        "%.2f s (DuckDB alone: %.2f s)"
                                .formatted(
                                        seconds(report.runs().get(1)),
                                        seconds(report.runs().get(0)))));
    }

    private static double best(Report report, IntPredicate which) {
        return least(report, which, ConversionBenchmark::seconds);
    }

    private static double leastRun(Report report, IntPredicate which) {
        return least(report, which, run -> run.cpuNanos() / 1e9);
    }

    private static double least(Report report, IntPredicate which, ToDoubleFunction<Measured> seconds) {
        return IntStream.range(0, report.runs().size())
                .filter(which)
                .mapToDouble(i -> seconds.applyAsDouble(report.runs().get(i)))
                .min()
                .orElseThrow();
    }

    private static double seconds(Measured run) {
        return run.nanos() / 1e9;
    }
}
