package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.measure.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A workload fails where it does not find every row, or no statistics. */
class ValidationWorkloadTest {

    private static final int HEAP_MEGABYTES = 256;

    @Test
    void textIsReadWithItsTypesAndWithout() throws Exception {
        List<TextValidationWorkload> workloads = List.of(
                new TextValidationWorkload(RawFlights.Form.JSON, true, 1),
                new TextValidationWorkload(RawFlights.Form.CSV, true, 1),
                new TextValidationWorkload(RawFlights.Form.CSV, false, 1));

        assertThat(MeasuringJvm.run(workloads, HEAP_MEGABYTES).runs())
                .hasSize(workloads.size())
                .allSatisfy(run -> assertThat(run.requests()).containsEntry("S3 GetObject", 1L));
    }

    @Test
    void footersAreReadAndNothingElse() throws Exception {
        Report report = MeasuringJvm.run(List.of(new ValidationWorkload(3, 10_000)), HEAP_MEGABYTES);

        assertThat(report.runs()).singleElement().satisfies(run -> {
            assertThat(run.requests()).containsEntry("S3 GetObject", 3L).containsEntry("S3 ListObjectsV2", 1L);
            assertThat(run.receivedBytes()).isBetween(3 * 64L * 1024, 3 * 80L * 1024);
        });
    }
}
