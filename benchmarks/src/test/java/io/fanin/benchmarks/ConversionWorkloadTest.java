package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.ConversionWorkload.By;
import io.fanin.benchmarks.RawFlights.Form;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.benchmarks.measure.Report;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workload fails where it does not find every row, so that both of these have converted all of them. */
class ConversionWorkloadTest {

    private static final int HEAP_MEGABYTES = 512;
    private static final RawFlights RAW = new RawFlights(Form.JSON, 6, 20_000, true);

    @ParameterizedTest
    @EnumSource
    void functionAndDuckDbAloneConvertTheSameRows(Form form) throws Exception {
        RawFlights raw = new RawFlights(form, 6, 20_000, true);
        Report report = MeasuringJvm.run(
                List.of(
                        new ConversionWorkload(By.DUCKDB_ALONE, raw, Optional.empty()),
                        new ConversionWorkload(By.FUNCTION, raw, Optional.empty())),
                HEAP_MEGABYTES);

        assertThat(report.runs().get(0).s3()).isZero();
        assertThat(report.runs().get(1).requests()).containsEntry("S3 GetObject", 6L);
        assertThat(report.runs()).allSatisfy(run -> assertThat(run.nanos()).isPositive());
        assertThat(report.processBytes()).isGreaterThan(report.liveBytes());
    }

    @Test
    void rawDataMayLieInS3OfAnotherProcess() throws Exception {
        try (Loopback loopback = Loopback.serving(ConversionWorkload.filled(RAW))) {
            URI endpoint = loopback.endpoint();

            Report report = MeasuringJvm.run(
                    List.of(new ConversionWorkload(By.FUNCTION, RAW, Optional.of(endpoint))), HEAP_MEGABYTES);

            assertThat(report.runs())
                    .singleElement()
                    .satisfies(run -> assertThat(run.requests()).containsEntry("S3 GetObject", 6L));
        }
    }
}
