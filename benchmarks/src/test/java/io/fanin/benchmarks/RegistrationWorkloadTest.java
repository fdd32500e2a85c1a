package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.measure.Measured;
import io.fanin.benchmarks.measure.Report;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationWorkloadTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requestsAreCountedTheSameOverLoopback(boolean overLoopback) {
        Measured measured = new RegistrationWorkload(24, 3, overLoopback).run();

        assertThat(measured.glue()).isEqualTo(5);
        assertThat(measured.requests()).containsEntry(RegistrationWorkload.FAN_IN, 25L);
        assertThat(measured.s3()).isGreaterThan(24);
        assertThat(measured.nanos()).isPositive();
    }

    @Test
    void runsInAJvmOfItsOwn() throws Exception {
        Report report = MeasuringJvm.run(List.of(new RegistrationWorkload(120, 3, false)), MeasuringJvm.HEAP_MEGABYTES);

        assertThat(report.runs().getFirst().requests())
                .containsEntry("Glue BatchCreatePartition", 2L)
                .containsEntry("Glue UpdateTable", 2L);
    }
}
