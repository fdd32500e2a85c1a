package io.fanin.benchmarks;

import static io.fanin.benchmarks.MeasuringJvm.HEAP_MEGABYTES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import io.fanin.detector.select.PendingPartitions;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures detection: the requests of {@code list} for new partitions in a small and a large table, and the memory,
 * disk and time of {@code full} and of a first run.
 */
final class DetectionBenchmark implements Benchmark {

    static final int SMALL = 10_000;
    static final int LARGE = 1_000_000;

    static final int NEW = 24;

    /** Runs of the small table that do not count: the JVM compiles. */
    static final int WARM_UPS = 5;

    static final int COUNTED = 5;

    /** The window of 48 hours is within the month, as on nine days of ten. */
    private static final LocalDateTime MIDDLE_OF_MONTH = LocalDateTime.parse("2026-11-18T12:00");

    /** The window reaches into the month before. */
    private static final LocalDateTime TURN_OF_MONTH = LocalDateTime.parse("2026-12-01T12:00");

    /** The window reaches into the year before. */
    private static final LocalDateTime TURN_OF_YEAR = LocalDateTime.parse("2027-01-01T12:00");

    private static final int MAX_LISTS = 7;
    private static final int MAX_LISTS_OF_NOTHING = 5;
    private static final int MAX_GLUE = 2;
    private static final int MAX_MORE = 2;
    private static final int MAX_LATE_LISTS = 6;

    /** The maximum number of requests of a run with the default settings. */
    private record MostRequests(int lists, int state) {}

    private static final MostRequests DEFAULTS = new MostRequests(11, 5);
    private static final MostRequests DEFAULTS_OF_NOTHING = new MostRequests(10, 5);

    /** The default lookback. */
    private static final int LOOKBACK_HOURS = 48;

    /** A LIST returns at most 1,000 objects: fewer requests mean that the check did not run. */
    private static final int MIN_LATE_LISTS = Math.ceilDiv(LOOKBACK_HOURS * Hours.FILES, 1_000);

    /** Allows for sorting and the larger heap in the time for a partition. */
    private static final double MAX_GROWTH = 1.5;

    /** The default size of a Lambda function's {@code /tmp}. */
    private static final int DISK_MEGABYTES = 512;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(MeasuringJvm.attempt("list", DetectionBenchmark::list, HEAP_MEGABYTES, list()));
        rows.addAll(MeasuringJvm.attempt("late-data check", DetectionBenchmark::lateData, HEAP_MEGABYTES, lateData()));
        rows.addAll(MeasuringJvm.attempt("defaults", DetectionBenchmark::defaults, HEAP_MEGABYTES, defaults()));
        rows.addAll(MeasuringJvm.attempt("full", DetectionBenchmark::full, HEAP_MEGABYTES, full()));
        rows.addAll(MeasuringJvm.attempt("first run", DetectionBenchmark::firstRun, HEAP_MEGABYTES, firstRun()));
        return rows;
    }

    private static List<DetectionWorkload> list() {
        return List.of(
                listing(SMALL, NEW, MIDDLE_OF_MONTH, Naming.TEMPLATE),
                listing(LARGE, NEW, MIDDLE_OF_MONTH, Naming.TEMPLATE),
                listing(SMALL, 0, MIDDLE_OF_MONTH, Naming.TEMPLATE),
                listing(LARGE, 0, MIDDLE_OF_MONTH, Naming.TEMPLATE),
                listing(SMALL, NEW, MIDDLE_OF_MONTH, Naming.HIVE),
                listing(SMALL, 0, MIDDLE_OF_MONTH, Naming.HIVE),
                listing(SMALL, NEW, TURN_OF_MONTH, Naming.TEMPLATE),
                listing(SMALL, NEW, TURN_OF_YEAR, Naming.TEMPLATE),
                listing(SMALL, 0, TURN_OF_YEAR, Naming.TEMPLATE));
    }

    private static List<DetectionWorkload> lateData() {
        return List.of(
                listing(SMALL, NEW, MIDDLE_OF_MONTH, Naming.TEMPLATE),
                new DetectionWorkload(
                        SMALL,
                        NEW,
                        MIDDLE_OF_MONTH,
                        Naming.TEMPLATE,
                        detection("list").put("lateData", true)));
    }

    /** With the default spec, which checks for late data. */
    private static List<DetectionWorkload> defaults() {
        return Stream.of(NEW, 0)
                .map(arrived -> new DetectionWorkload(
                        SMALL,
                        arrived,
                        MIDDLE_OF_MONTH,
                        Naming.TEMPLATE,
                        Json.documents().createObjectNode()))
                .toList();
    }

    private static List<DetectionWorkload> full() {
        JsonNode full = detection("full").put("lateData", false);
        DetectionWorkload small = new DetectionWorkload(SMALL, 0, MIDDLE_OF_MONTH, Naming.TEMPLATE, full);
        DetectionWorkload large = new DetectionWorkload(LARGE, 0, MIDDLE_OF_MONTH, Naming.TEMPLATE, full);
        return Stream.concat(Collections.nCopies(WARM_UPS + COUNTED, small).stream(), Stream.of(large))
                .toList();
    }

    /** In the layout with the longer names, which determine the size of files. */
    private static List<DetectionWorkload> firstRun() {
        return List.of(
                new DetectionWorkload(0, PendingPartitions.MAX, MIDDLE_OF_MONTH, Naming.HIVE, detection("list")));
    }

    /** Without the check for late data, which is measured separately. */
    private static DetectionWorkload listing(int registered, int arrived, LocalDateTime until, Naming naming) {
        return new DetectionWorkload(
                registered, arrived, until, naming, detection("list").put("lateData", false));
    }

    private static ObjectNode detection(String mode) {
        return Json.documents().createObjectNode().put("mode", mode);
    }

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

    static List<Row> defaults(Report report) {
        String work = "with the default settings, %,d partitions, ".formatted(SMALL);
        return Stream.concat(
                        defaults(
                                work + "%,d new: ".formatted(NEW),
                                DEFAULTS,
                                report.runs().getFirst()),
                        defaults(
                                work + "nothing new: ",
                                DEFAULTS_OF_NOTHING,
                                report.runs().getLast()))
                .toList();
    }

    private static Stream<Row> defaults(String work, MostRequests most, Measured run) {
        return Stream.of(
                Row.atMost(work + "S3 LIST", most.lists(), run.lists()),
                Row.atMost(work + "Glue", MAX_GLUE, run.glue()),
                Row.atMost(work + "requests to the state bucket", most.state(), run.state()));
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
        String work = "first run, %,d new: ".formatted(PendingPartitions.MAX);
        return List.of(
                heap(work, report),
                disk(work, report),
                Row.unbounded(work + "manifest uploaded", "%,d MB".formatted(megabytes(run.writtenBytes()))),
                time(work, run),
                Row.unbounded(work + "requests", requests(run)));
    }

    static Row heap(String work, Report report) {
        return new Row(
                work + "heap",
                "≤ %d MB".formatted(HEAP_MEGABYTES),
                "enough; in use after a collection: %d MB at most".formatted(megabytes(report.liveBytes())),
                megabytes(report.heapBytes()) <= HEAP_MEGABYTES);
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
