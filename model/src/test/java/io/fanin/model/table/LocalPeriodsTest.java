package io.fanin.model.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalPeriodsTest {

    @Test
    void periodEndsWhereTheNextOneBegins() {
        LocalPeriods months = new LocalPeriods(
                List.of(new PartitionKey("year", KeyType.INT), new PartitionKey("month", KeyType.INT)),
                KeyZone.of("Europe/Berlin"));

        assertThat(months.end(PartitionValues.of("2026", "2"))).hasValue(Instant.parse("2026-02-28T23:00:00Z"));
        assertThat(months.end(PartitionValues.of("2026", "x"))).isEmpty();
    }

    @Test
    void valuesWithoutATimeHaveNoEnd() {
        LocalPeriods regions = new LocalPeriods(List.of(new PartitionKey("region", KeyType.STRING)), KeyZone.UTC);

        assertThat(regions.end(PartitionValues.of("eu"))).isEmpty();
    }
}
