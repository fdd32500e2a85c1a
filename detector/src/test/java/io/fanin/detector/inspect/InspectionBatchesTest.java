package io.fanin.detector.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InspectionBatchesTest {

    @Test
    void twoDaysOfSmallPartitionsAreTakenTogether() {
        assertThat(InspectionBatches.of(limits(49, 20))).hasSize(1);
    }

    @Test
    void manyPartitionsAreTakenInBatches() {
        assertThat(InspectionBatches.of(limits(1_000, 20)))
                .hasSize(13)
                .allMatch(batch -> batch.size() <= 80)
                .flatExtracting(Map::keySet)
                .hasSize(1_000);
    }

    @Test
    void whatIsNotKnownIsTakenForOrdinary() {
        assertThat(InspectionBatches.of(limits(160, Long.MAX_VALUE))).hasSize(2);
    }

    @Test
    void partitionThatFillsPagesIsListedAlone() {
        SortedMap<String, Long> limits = limits(3, 20);
        limits.put("t/dt=0001/", 1_000L);

        assertThat(InspectionBatches.of(limits))
                .containsExactlyInAnyOrder(Map.of("t/dt=0001/", 1_000L), Map.of("t/dt=0000/", 20L, "t/dt=0002/", 20L));
    }

    private static SortedMap<String, Long> limits(int count, long each) {
        SortedMap<String, Long> limits = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> limits.put("t/dt=%04d/".formatted(i), each));
        return limits;
    }
}
