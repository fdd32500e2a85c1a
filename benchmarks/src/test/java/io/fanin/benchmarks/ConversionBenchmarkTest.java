package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionBenchmarkTest {

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void theBestRunsOfBothAreCompared() {
        Row row = ConversionBenchmark.largeObjects(seconds(9, 20, 3, 5, 6, 7)).getFirst();

        assertThat(row.measured()).isEqualTo("0.60 times (5.00 s, 3.00 s)");
        assertThat(row.isMet()).isFalse();
    }

    @Test
    void theFirstRunsAreShown() {
        assertThat(ConversionBenchmark.smallObjects(seconds(3, 4, 1, 2)).getLast())
                .isEqualTo(
                        Row.unbounded("10,000 JSON objects of 10 KB: the first time", "4.00 s (DuckDB alone: 3.00 s)"));
    }

    @Test
    void halfOfDuckDbsThroughputIsEnoughForSmallObjectsAndAThirdIsNot() {
        assertThat(ConversionBenchmark.smallObjects(seconds(1, 2)).getFirst().isMet())
                .isTrue();
        assertThat(ConversionBenchmark.smallObjects(seconds(1, 3)).getFirst().isMet())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"17, true", "18, false"})
    void csvTakesThreadsLongerThanDuckDbWithinABound(int seconds, boolean met) {
        Report report = new Report(List.of(running(11), running(20), running(10), running(seconds)), 0, 0, 0, 0);

        assertThat(ConversionBenchmark.csv(report).getFirst().isMet()).isEqualTo(met);
        assertThat(ConversionBenchmark.csv(report).getLast())
                .isEqualTo(Row.unbounded(
                        "100 MB of CSV in 8 objects: the same the first time", "1.82 times (20.00 s, 11.00 s)"));
        assertThat(ConversionBenchmark.nested(report).getFirst().isMet()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1769, true", "1770, false"})
    void theProcessStaysWithinTheFunctionsMemory(long megabytes, boolean met) {
        Report report = new Report(List.of(lasting(1)), 0, 0, 0, megabytes * MEBIBYTE);

        assertThat(ConversionBenchmark.memory(report).getFirst().isMet()).isEqualTo(met);
    }

    private static Report seconds(Integer... seconds) {
        return new Report(
                Stream.of(seconds).map(ConversionBenchmarkTest::lasting).toList(), 0, 0, 0, 0);
    }

    private static Measured lasting(int seconds) {
        return new Measured(Map.of(), seconds * 1_000_000_000L, 0);
    }

    private static Measured running(int seconds) {
        return new Measured(Map.of(), 1, 0, 0, seconds * 1_000_000_000L);
    }
}
