package io.fanin.benchmarks;

import static io.fanin.benchmarks.DetectionWorkloadTest.workload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.fanin.benchmarks.measure.Report;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuringJvmTest {

    @Test
    void runsHaveTheirOwnJvmWithASmallHeap() throws Exception {
        Report report = MeasuringJvm.run(
                List.of(workload(50, 3, "{'mode': 'list'}"), workload(50, 0, "{'mode': 'list'}")),
                MeasuringJvm.HEAP_MEGABYTES);

        assertThat(report.runs())
                .hasSize(2)
                .allSatisfy(run -> assertThat(run.lists()).isPositive());
        assertThat(report.heapBytes()).isBetween(200L << 20, (long) MeasuringJvm.HEAP_MEGABYTES << 20);
        assertThat(report.liveBytes()).isBetween(1L, report.heapBytes());
    }

    @Test
    void runThatFailsSaysWhy() {
        assertThatThrownBy(() ->
                        MeasuringJvm.run(List.of(workload(50, 3, "{'mode': 'guess'}")), MeasuringJvm.HEAP_MEGABYTES))
                .isInstanceOf(MeasuringJvm.FailedException.class)
                .hasMessageContaining("exit status 1")
                .hasMessageContaining("found 'guess'");
    }

    @Test
    void processorsScriptSetsTheHeap(@TempDir Path folder) throws Exception {
        ProcessBuilder start = JvmStart.byProcessorScript(1769)
                .of(folder, List.of("sh", "-c", "echo $_JAVA_OPTIONS $DUCKDB_JE_MALLOC_CONF; ulimit -d"));

        Process process = start.start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).lines())
                .first(STRING)
                .contains("-Xmx442m", "dirty_decay_ms:20");
        assertThat(process.waitFor()).isZero();
    }
}
