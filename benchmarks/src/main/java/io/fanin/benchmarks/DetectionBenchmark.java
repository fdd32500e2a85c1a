package io.fanin.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import io.fanin.core.json.Json;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
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

    @Override
    public List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(attempt("list", DetectionRows::list, list()));
        rows.addAll(attempt("late-data check", DetectionRows::lateData, lateData()));
        rows.addAll(attempt("full", DetectionRows::full, full()));
        rows.addAll(attempt("first run", DetectionRows::firstRun, firstRun()));
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

    private static List<DetectionWorkload> full() {
        JsonNode full = detection("full").put("lateData", false);
        DetectionWorkload small = new DetectionWorkload(SMALL, 0, MIDDLE_OF_MONTH, Naming.TEMPLATE, full);
        DetectionWorkload large = new DetectionWorkload(LARGE, 0, MIDDLE_OF_MONTH, Naming.TEMPLATE, full);
        return Stream.concat(Collections.nCopies(WARM_UPS + COUNTED, small).stream(), Stream.of(large))
                .toList();
    }

    /** In the layout with the longer names, which determine the size of files. */
    private static List<DetectionWorkload> firstRun() {
        return List.of(new DetectionWorkload(0, LARGE, MIDDLE_OF_MONTH, Naming.HIVE, detection("list")));
    }

    /** Without the check for late data, which is measured separately. */
    private static DetectionWorkload listing(int registered, int arrived, LocalDateTime until, Naming naming) {
        return new DetectionWorkload(
                registered, arrived, until, naming, detection("list").put("lateData", false));
    }

    private static ObjectNode detection(String mode) {
        return Json.documents().createObjectNode().put("mode", mode);
    }

    private static List<Row> attempt(String what, Function<Report, List<Row>> rows, List<DetectionWorkload> workloads)
            throws IOException, InterruptedException {
        try {
            return rows.apply(MeasuringJvm.run(workloads));
        } catch (MeasuringJvm.FailedException e) {
            return List.of(Row.failed(what, e.getMessage()));
        }
    }
}
