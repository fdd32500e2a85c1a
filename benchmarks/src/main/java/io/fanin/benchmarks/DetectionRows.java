package io.fanin.benchmarks;

import static io.fanin.benchmarks.DetectionBenchmark.COUNTED;
import static io.fanin.benchmarks.DetectionBenchmark.LARGE;
import static io.fanin.benchmarks.DetectionBenchmark.NEW;
import static io.fanin.benchmarks.DetectionBenchmark.SMALL;
import static io.fanin.benchmarks.DetectionBenchmark.WARM_UPS;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.List;

/** Compares the measurements of {@link DetectionBenchmark} with their bounds; pure. */
final class DetectionRows {

    private static final int MAX_LISTS = 7;
    private static final int MAX_LISTS_OF_NOTHING = 5;
    private static final int MAX_GLUE = 2;
    private static final int MAX_MORE = 2;
    private static final int MAX_LATE_LISTS = 6;

    /** The default lookback. */
    private static final int LOOKBACK_HOURS = 48;

    /** A LIST returns at most 1,000 objects: fewer requests mean that the check was not made. */
    private static final int MIN_LATE_LISTS = Math.ceilDiv(LOOKBACK_HOURS * Hours.FILES, 1_000);

    /** Allows for sorting and the larger heap in the time for a partition. */
    private static final double MAX_GROWTH = 1.5;

    /** The default size of a Lambda function's {@code /tmp}. */
    private static final int DISK_MEGABYTES = 512;

    private DetectionRows() {}

    static List<Row> list(Report report) {
        Measured small = report.runs().get(0);
        Measured large = report.runs().get(1);
        Measured nothing = report.runs().get(2);
        Measured nothingOfMany = report.runs().get(3);
        Measured hive = report.runs().get(4);
        Measured nothingOfHive = report.runs().get(5);
        String work = "%,d partitions, %,d new: ";
        String none = "%,d partitions, nothing new: ";
        return List.of(
                Row.atMost(work.formatted(SMALL, NEW) + "S3 LIST", MAX_LISTS, small.lists()),
                Row.atMost(work.formatted(SMALL, NEW) + "Glue", MAX_GLUE, small.glue()),
                Row.atMost(work.formatted(LARGE, NEW) + "S3 LIST", small.lists() + MAX_MORE, large.lists()),
                Row.atMost(work.formatted(LARGE, NEW) + "Glue", small.glue() + MAX_MORE, large.glue()),
                Row.atMost(none.formatted(SMALL) + "S3 LIST", MAX_LISTS_OF_NOTHING, nothing.lists()),
                Row.atMost(none.formatted(SMALL) + "Glue", MAX_GLUE, nothing.glue()),
                Row.atMost(none.formatted(LARGE) + "S3 LIST", nothing.lists() + MAX_MORE, nothingOfMany.lists()),
                Row.atMost(none.formatted(LARGE) + "Glue", nothing.glue() + MAX_MORE, nothingOfMany.glue()),
                other("in hive layout, " + work.formatted(SMALL, NEW), hive),
                other("in hive layout, " + none.formatted(SMALL), nothingOfHive),
                other(
                        "at the turn of the month, " + work.formatted(SMALL, NEW),
                        report.runs().get(6)),
                other(
                        "at the turn of the year, " + work.formatted(SMALL, NEW),
                        report.runs().get(7)),
                other(
                        "at the turn of the year, " + none.formatted(SMALL),
                        report.runs().get(8)));
    }

    private static Row other(String work, Measured measured) {
        return Row.unbounded(work + "requests", requests(measured));
    }

    static List<Row> lateData(Report report) {
        long further = report.runs().get(1).lists() - report.runs().get(0).lists();
        return List.of(new Row(
                "late-data check over %d hours of %d objects: further S3 LIST".formatted(LOOKBACK_HOURS, Hours.FILES),
                "%d to %d".formatted(MIN_LATE_LISTS, MAX_LATE_LISTS),
                Long.toString(further),
                MIN_LATE_LISTS <= further && further <= MAX_LATE_LISTS));
    }

    static List<Row> full(Report report) {
        double ofSmall = median(report.runs().subList(WARM_UPS, WARM_UPS + COUNTED)) / SMALL;
        Measured ofAll = report.runs().getLast();
        double ofLarge = (double) ofAll.nanos() / LARGE;
        double growth = ofLarge / ofSmall;
        String work = "full, %1$,d prefixes against %1$,d partitions: ".formatted(LARGE);
        return List.of(
                heap(work, report),
                disk(work, report),
                new Row(
                        work + "time of a partition, against %,d".formatted(SMALL),
                        "≤ %.1f times".formatted(MAX_GROWTH),
                        "%.2f times (%.1f µs, %.1f µs)".formatted(growth, ofLarge / 1_000, ofSmall / 1_000),
                        growth <= MAX_GROWTH),
                time(work, ofAll),
                Row.unbounded(work + "requests", requests(ofAll)));
    }

    static List<Row> firstRun(Report report) {
        Measured run = report.runs().getFirst();
        String work = "first run, %,d new: ".formatted(LARGE);
        return List.of(
                heap(work, report),
                disk(work, report),
                Row.unbounded(work + "manifest uploaded", "%,d MB".formatted(megabytes(run.manifestBytes()))),
                time(work, run),
                Row.unbounded(work + "requests", requests(run)));
    }

    static Row heap(String work, Report report) {
        return new Row(
                work + "heap",
                "≤ %d MB".formatted(MeasuringJvm.HEAP_MEGABYTES),
                "enough; in use after a collection: %d MB at most".formatted(megabytes(report.liveBytes())),
                megabytes(report.heapBytes()) <= MeasuringJvm.HEAP_MEGABYTES);
    }

    private static Row disk(String work, Report report) {
        return new Row(
                work + "temporary files",
                "≤ %d MB".formatted(DISK_MEGABYTES),
                "%d MB at most".formatted(megabytes(report.diskBytes())),
                megabytes(report.diskBytes()) <= DISK_MEGABYTES);
    }

    static Row time(String work, Measured run) {
        return Row.unbounded(work + "time", "%.1f s".formatted(run.nanos() / 1e9));
    }

    private static String requests(Measured run) {
        return "%,d S3 LIST, %,d Glue".formatted(run.lists(), run.glue());
    }

    /** The upper median for an even number of runs. */
    static double median(List<Measured> runs) {
        return runs.stream()
                .mapToLong(Measured::nanos)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Rounded up, so that a byte above a bound exceeds it. */
    static long megabytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
