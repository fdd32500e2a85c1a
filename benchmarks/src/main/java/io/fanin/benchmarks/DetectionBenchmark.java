package io.fanin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.json.Json;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What detection costs: the requests of {@code list} for what is new, in a small and a large table, and the memory and time
 * of {@code full}.
 */
final class DetectionBenchmark implements Benchmark {

    private static final int SMALL = 10_000;
    private static final int LARGE = 1_000_000;
    private static final int NEW = 24;

    /** The middle of a month: a window of 48 hours lies within it, as it does on nine of ten days. */
    private static final LocalDateTime MIDDLE_OF_MONTH = LocalDateTime.parse("2026-11-18T12:00");

    /** The window reaches into the year before. */
    private static final LocalDateTime TURN_OF_YEAR = LocalDateTime.parse("2027-01-01T12:00");

    private static final int MAX_LISTS = 7;
    private static final int MAX_LISTS_OF_NOTHING = 5;
    private static final int MAX_GLUE = 2;
    private static final int MAX_MORE = 2;
    private static final int MAX_LATE_LISTS = 50;

    /** The lookback by default. Each hour in it takes a LIST: fewer would mean that the check has not been made. */
    private static final int LOOKBACK_HOURS = 48;

    /** Near-linear: what sorting and a larger heap may add to a partition's share. */
    private static final double MAX_GROWTH = 1.5;

    /** The small table's runs before those that count: the JVM compiles. */
    private static final int WARM_UPS = 5;

    private static final int COUNTED = 5;

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(attempt("list", this::list));
        rows.addAll(attempt("late-data check", this::lateData));
        rows.addAll(attempt("full", this::full));
        return rows;
    }

    private List<Row> list() throws IOException, InterruptedException {
        Report report = MeasuringJvm.run(List.of(
                listing(SMALL, NEW, MIDDLE_OF_MONTH),
                listing(LARGE, NEW, MIDDLE_OF_MONTH),
                listing(SMALL, 0, MIDDLE_OF_MONTH),
                listing(LARGE, 0, MIDDLE_OF_MONTH),
                listing(SMALL, NEW, TURN_OF_YEAR)));
        Measured small = report.runs().get(0);
        Measured large = report.runs().get(1);
        Measured nothing = report.runs().get(2);
        Measured nothingOfMany = report.runs().get(3);
        Measured turnOfYear = report.runs().get(4);
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
                Row.unbounded(
                        work.formatted(SMALL, NEW) + "S3 LIST at the turn of the year",
                        Long.toString(turnOfYear.lists())));
    }

    private List<Row> lateData() throws IOException, InterruptedException {
        Report report = MeasuringJvm.run(List.of(
                listing(SMALL, NEW, MIDDLE_OF_MONTH),
                new Workload(SMALL, NEW, MIDDLE_OF_MONTH, detection("list").put("lateData", true))));
        long further = report.runs().get(1).lists() - report.runs().get(0).lists();
        return List.of(new Row(
                "late-data check over %d hours: further S3 LIST".formatted(LOOKBACK_HOURS),
                "%d to %d".formatted(LOOKBACK_HOURS, MAX_LATE_LISTS),
                Long.toString(further),
                LOOKBACK_HOURS <= further && further <= MAX_LATE_LISTS));
    }

    private List<Row> full() throws IOException, InterruptedException {
        JsonNode full = detection("full").put("lateData", false);
        Workload small = new Workload(SMALL, 0, MIDDLE_OF_MONTH, full);
        Workload large = new Workload(LARGE, 0, MIDDLE_OF_MONTH, full);
        Report report = MeasuringJvm.run(
                Stream.concat(Collections.nCopies(WARM_UPS + COUNTED, small).stream(), Stream.of(large))
                        .toList());
        double ofSmall = median(report.runs().subList(WARM_UPS, WARM_UPS + COUNTED)) / SMALL;
        Measured ofAll = report.runs().getLast();
        double ofLarge = (double) ofAll.nanos() / LARGE;
        double growth = ofLarge / ofSmall;
        String work = "full, %1$,d prefixes against %1$,d partitions: ".formatted(LARGE);
        return List.of(
                new Row(
                        work + "heap",
                        "≤ %d MB".formatted(MeasuringJvm.HEAP_MEGABYTES),
                        "enough; in use after a collection: %d MB at most".formatted(megabytes(report.liveBytes())),
                        megabytes(report.heapBytes()) <= MeasuringJvm.HEAP_MEGABYTES),
                new Row(
                        work + "time of a partition, against %,d".formatted(SMALL),
                        "≤ %.1f times".formatted(MAX_GROWTH),
                        "%.2f times (%.1f µs, %.1f µs)".formatted(growth, ofLarge / 1_000, ofSmall / 1_000),
                        growth <= MAX_GROWTH),
                Row.unbounded(work + "time", "%.1f s".formatted(ofAll.nanos() / 1e9)),
                Row.unbounded(work + "requests", "%,d S3 LIST, %,d Glue".formatted(ofAll.lists(), ofAll.glue())));
    }

    /** Without the check for late data, which is measured alone. */
    private static Workload listing(int registered, int arrived, LocalDateTime until) {
        return new Workload(registered, arrived, until, detection("list").put("lateData", false));
    }

    private static ObjectNode detection(String mode) {
        return Json.documents().createObjectNode().put("mode", mode);
    }

    private static double median(List<Measured> runs) {
        return runs.stream()
                .mapToLong(Measured::nanos)
                .sorted()
                .skip(runs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }

    private static List<Row> attempt(String what, Measurement measurement) throws IOException, InterruptedException {
        try {
            return measurement.rows();
        } catch (MeasuringJvm.FailedException e) {
            return List.of(Row.failed(what, e.getMessage()));
        }
    }

    @FunctionalInterface
    private interface Measurement {
        List<Row> rows() throws IOException, InterruptedException;
    }
}
