package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import io.fanin.benchmarks.measure.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationBenchmarkTest {

    private static final long KIBIBYTE = 1024;

    @ParameterizedTest
    @CsvSource({"101, 6500, true, true", "200, 12800, true, true", "201, 12801, false, false", "101, 0, true, false"})
    void anObjectsShareIsHeldAgainstTheBounds(long requests, long kibibytes, boolean fewRequests, boolean fewBytes) {
        Measured run =
                new Measured(Map.of("S3 GetObject", requests - 1, "S3 ListObjectsV2", 1L), 1, 0, kibibytes * KIBIBYTE);

        List<Row> rows = ValidationBenchmark.of(new Report(List.of(run), 0, 0, 0, 0));

        assertThat(rows.get(0).isMet()).isEqualTo(fewRequests);
        assertThat(rows.get(1).isMet()).isEqualTo(fewBytes);
    }
}
