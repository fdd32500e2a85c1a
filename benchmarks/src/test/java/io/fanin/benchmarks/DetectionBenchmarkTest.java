package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionBenchmarkTest {

    private static final long MEGABYTE = 1L << 20;

    @Test
    void everyBoundThatIsJustKeptIsMet() {
        List<Row> rows = DetectionBenchmark.list(requests("7 2, 9 4, 5 2, 7 4, 7 2, 5 2, 99 9, 99 9, 99 9"));

        assertThat(rows).allMatch(Row::isMet);
        assertThat(rows).extracting(Row::measured).contains("9", "99 S3 LIST, 9 Glue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 2, 9 4, 5 2, 7 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 10,000 partitions, 24 new: S3 LIST",
                "7 3, 9 4, 5 2, 7 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 10,000 partitions, 24 new: Glue",
                "6 2, 9 4, 5 2, 7 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 1,000,000 partitions, 24 new: S3 LIST",
                "7 1, 9 4, 5 2, 7 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 1,000,000 partitions, 24 new: Glue",
                "7 2, 9 4, 6 2, 7 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 10,000 partitions, nothing new: S3 LIST",
                "7 2, 9 4, 5 3, 7 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 10,000 partitions, nothing new: Glue",
                "7 2, 9 4, 5 2, 8 4, 7 2, 5 2, 8 2, 8 2, 7 2 | 1,000,000 partitions, nothing new: S3 LIST",
                "7 2, 9 4, 5 2, 7 5, 7 2, 5 2, 8 2, 8 2, 7 2 | 1,000,000 partitions, nothing new: Glue",
            })
    void oneRequestTooManyBreaksItsBoundAlone(String requests, String work) {
        assertThat(broken(DetectionBenchmark.list(requests(requests)))).containsExactly(work);
    }

    @ParameterizedTest
    @CsvSource({"10, false", "11, true", "12, true", "13, false"})
    void lateDataIsBoundedFromBothSides(int lists, boolean isMet) {
        assertThat(DetectionBenchmark.lateData(requests("6 2, " + lists + " 2")))
                .singleElement()
                .returns(isMet, Row::isMet);
    }

    @ParameterizedTest
    @CsvSource({
        "11, 5, 10, 5, 0",
        "12, 5, 10, 5, 1",
        "11, 6, 10, 5, 1",
        "11, 5, 11, 5, 1",
        "11, 5, 10, 6, 1",
        "12, 6, 11, 6, 4"
    })
    void defaultSettingsAreBoundedWithTheStateBucket(
            long lists, long state, long listsOfNothing, long stateOfNothing, int broken) {
        Report report =
                new Report(List.of(withState(lists, state), withState(listsOfNothing, stateOfNothing)), 0, 0, 0, 0);

        assertThat(broken(DetectionBenchmark.defaults(report))).hasSize(broken);
    }

    /** The small table takes 10 µs for a partition in the runs that count. */
    @ParameterizedTest
    @CsvSource({"10.0, 1.00 times, true", "15.0, 1.50 times, true", "15.1, 1.51 times, false"})
    void growthIsAgainstTheMedianOfTheRunsThatCount(double microsOfLarge, String growth, boolean isMet) {
        List<Measured> runs =
                new ArrayList<>(Collections.nCopies(DetectionBenchmark.WARM_UPS, lasting(9_000_000_000L)));
        LongStream.of(900, 100, 1, 101, 99)
                .forEach(millis -> runs.add(lasting(millis * 1_000_000 * (DetectionBenchmark.SMALL / 10_000))));
        runs.add(lasting(Math.round(microsOfLarge * 1_000 * DetectionBenchmark.LARGE)));

        Row row = DetectionBenchmark.full(new Report(runs, 0, 256 * MEGABYTE, 0, 0))
                .get(2);

        assertThat(row.measured()).startsWith(growth).endsWith("(%.1f µs, 10.0 µs)".formatted(microsOfLarge));
        assertThat(row.isMet()).isEqualTo(isMet);
    }

    @ParameterizedTest
    @CsvSource({"256, 512, ''", "257, 512, heap", "256, 513, temporary files"})
    void heapAndDiskAreBounded(long heap, long disk, String broken) {
        Report report = new Report(List.of(lasting(1)), 100 * MEGABYTE, heap * MEGABYTE, disk * MEGABYTE, 0);

        assertThat(String.join("", broken(DetectionBenchmark.firstRun(report)))).endsWith(broken);
        assertThat(broken(DetectionBenchmark.firstRun(report))).hasSize(broken.isEmpty() ? 0 : 1);
    }

    @Test
    void byteAboveIsAnotherMegabyte() {
        assertThat(DetectionBenchmark.megabytes(0)).isZero();
        assertThat(DetectionBenchmark.megabytes(512 * MEGABYTE)).isEqualTo(512);
        assertThat(DetectionBenchmark.megabytes(512 * MEGABYTE + 1)).isEqualTo(513);
    }

    @Test
    void medianIsTheUpperOneInTheMiddle() {
        assertThat(DetectionBenchmark.median(List.of(lasting(3)))).isEqualTo(3);
        assertThat(DetectionBenchmark.median(List.of(lasting(9), lasting(1), lasting(4))))
                .isEqualTo(4);
        assertThat(DetectionBenchmark.median(List.of(lasting(9), lasting(1)))).isEqualTo(9);
    }

    @Test
    void requestsAreCountedByService() {
        Measured measured = new Measured(
                Map.of("S3 ListObjectsV2", 6L, "S3 PutObject", 4L, "Glue GetTable", 1L, "Glue GetPartitions", 2L),
                0,
                0);

        assertThat(measured.lists()).isEqualTo(6);
        assertThat(measured.glue()).isEqualTo(3);
    }

    private static List<String> broken(List<Row> rows) {
        return rows.stream().filter(row -> !row.isMet()).map(Row::work).toList();
    }

    /** Runs, each as its requests to LIST and its requests to Glue. */
    private static Report requests(String runs) {
        return new Report(
                Stream.of(runs.strip().split(",\\s*", -1))
                        .map(run -> run.split(" ", -1))
                        .map(run -> new Measured(
                                Map.of(
                                        "S3 ListObjectsV2", Long.parseLong(run[0]),
                                        "Glue GetPartitions", Long.parseLong(run[1])),
                                0,
                                0))
                        .toList(),
                0,
                0,
                0,
                0);
    }

    private static Measured withState(long lists, long state) {
        return new Measured(Map.of("S3 ListObjectsV2", lists, "State bucket PutObject", state), 0, 0);
    }

    private static Measured lasting(long nanos) {
        return new Measured(Map.of(), nanos, 0);
    }
}
