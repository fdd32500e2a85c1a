package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.COUNTING_GAPS;
import static io.fanin.core.record.WatermarkFixture.CREATED;
import static io.fanin.core.record.WatermarkFixture.FLIGHTS;
import static io.fanin.core.record.WatermarkFixture.hour;
import static io.fanin.core.record.WatermarkFixture.look;
import static io.fanin.core.record.WatermarkFixture.moment;
import static io.fanin.core.record.WatermarkFixture.spec;
import static io.fanin.core.record.WatermarkFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders in which nothing was written, where missing periods count. */
class AwaitedFoldersTest {

    /** A period may have partitions of other regions: then it is not missing. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void folderWithoutAnythingIsAwaitedWhereItIsAWholePeriod(boolean hasRegions, boolean isAwaited) {
        List<PartitionKey> keys = new ArrayList<>(FLIGHTS.keys());
        if (hasRegions) {
            keys.add(new PartitionKey("region", KeyType.STRING));
        }
        TableDefinition flights = table("s3://lake/flights/", "hive", keys.toArray(PartitionKey[]::new));
        ProgressScope basis = ProgressScope.of(flights, Optional.of(CREATED));
        Watermark watermark = Watermark.of(spec(flights, COUNTING_GAPS), basis);
        List<String> hour = hour(7).values().values();
        PartitionValues folder = new PartitionValues(
                hasRegions ? Stream.concat(hour.stream(), Stream.of("eu")).toList() : hour);
        TableRecord record = watermark.advanced(TableRecord.NEW, List.of(), look(9, null));

        TableRecord awaiting = watermark.awaiting(record, List.of(folder));

        assertThat(record.progress().open()).isEmpty();
        assertThat(awaiting.progress().open())
                .isEqualTo(isAwaited ? moment(7).map(Object::toString) : Optional.empty());
    }
}
