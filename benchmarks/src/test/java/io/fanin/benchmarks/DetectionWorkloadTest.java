package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.benchmarks.measure.Measured;
import io.fanin.model.json.Json;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionWorkloadTest {

    private static final LocalDateTime UNTIL = LocalDateTime.parse("2026-11-18T12:00");

    @Test
    void detectorFindsWhatHasArrivedAndItsRequestsAreCounted() {
        Measured measured = workload(50, 3, "{'mode': 'list'}").run();

        assertThat(measured.lists()).isPositive();
        assertThat(measured.glue()).isPositive();
        assertThat(measured.requests()).containsKey("Glue GetPartitions");
        assertThat(measured.nanos()).isPositive();
    }

    @Test
    void tableThatIsCompleteHasNothingToBeDone() {
        Measured measured = workload(50, 0, "{'mode': 'list'}").run();

        assertThat(measured.requests()).doesNotContainKey("Glue UpdateTable");
    }

    @Test
    void requestsToTheStateBucketAreCountedApart() {
        Measured measured = workload(50, 3, "{}").run();

        assertThat(measured.state()).isPositive().isEqualTo(measured.s3() - measured.lists());
        assertThat(measured.requests()).containsKey("State bucket PutObject");
    }

    @Test
    void detectorThatFindsLessThanHasArrivedIsNotMeasured() {
        DetectionWorkload late =
                workload(50, 3, "{'mode': 'range', 'from': '2026-11-18T11:00:00', 'to': '2026-11-18T12:00:00'}");

        assertThatThrownBy(late::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("partitions to process: expected 3, found 1");
    }

    @Test
    void firstRunUploadsAManifestOfAllThatIsThere() {
        Measured measured = workload(0, 50, "{'mode': 'list'}").run();

        assertThat(measured.writtenBytes()).isGreaterThan(50L * "events/2026/11/18/11/".length());
        assertThat(measured.requests()).containsEntry("Glue GetPartitions", 1L);
    }

    @ParameterizedTest
    @EnumSource(Naming.class)
    void everyNamingFindsTheSame(Naming naming) {
        assertThat(new DetectionWorkload(
                                50,
                                3,
                                UNTIL,
                                naming,
                                workload(0, 0, "{'mode': 'full'}").detection())
                        .run()
                        .lists())
                .isPositive();
    }

    static DetectionWorkload workload(int registered, int arrived, String detection) {
        return new DetectionWorkload(
                registered,
                arrived,
                UNTIL,
                Naming.TEMPLATE,
                Json.read(detection.replace('\'', '"'), JsonNode.class, "detection"));
    }
}
