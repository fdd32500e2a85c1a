package io.fanin.benchmarks;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Compares the measurements of {@link ConversionBenchmark} with their bounds; pure. */
final class ConversionRows {

    private static final double MIN_SHARE_LARGE = 0.85;
    private static final double MIN_SHARE_SMALL = 0.5;
    private static final int MEBIBYTE = 1 << 20;

    private ConversionRows() {}

    /** Of runs that are DuckDB's and the function's in turns. */
    static List<Row> largeObjects(Report report) {
        return share("500 MB of JSON in 32 gzip objects: ", MIN_SHARE_LARGE, report);
    }

    /** Of runs that are DuckDB's and the function's in turns. */
    static List<Row> smallObjects(Report report) {
        return share("10,000 JSON objects of 10 KB: ", MIN_SHARE_SMALL, report);
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
                DetectionRows.time(work, report.runs().getFirst()));
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
        return least(report, which, ConversionRows::seconds);
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
