package io.fanin.benchmarks;

import static io.fanin.benchmarks.RegistrationBenchmark.DAY;
import static io.fanin.benchmarks.RegistrationBenchmark.MANY;
import static io.fanin.benchmarks.RegistrationBenchmark.MANY_COLUMNS;
import static io.fanin.benchmarks.RegistrationBenchmark.RESULTS;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.List;

/** Compares the measurements of {@link RegistrationBenchmark} with their bounds; pure. */
final class RegistrationRows {

    private static final int MAX_GLUE_OF_DAY = 5;
    private static final int MAX_GLUE_OF_MANY = 230;
    private static final int MAX_S3 = RESULTS + 10;
    private static final double MAX_SECONDS = 10;

    private RegistrationRows() {}

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
                DetectionRows.heap(work, report),
                DetectionRows.time(work, first(report)));
    }

    private static Measured first(Report report) {
        return report.runs().getFirst();
    }
}
