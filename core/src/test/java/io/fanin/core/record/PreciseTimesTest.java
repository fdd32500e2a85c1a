package io.fanin.core.record;

import static io.fanin.core.record.WatermarkFixture.CREATED;
import static io.fanin.core.record.WatermarkFixture.look;
import static io.fanin.core.record.WatermarkFixture.spec;
import static io.fanin.core.record.WatermarkFixture.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.spec.detection.DetectionSpec;
import io.fanin.model.table.TableDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Partitions that begin at fractions of a second, which other readers of the table's parameters do not know. */
class PreciseTimesTest {

    private static final TableDefinition PRECISE =
            table("s3://lake/flights/", "${ts}", new PartitionKey("ts", KeyType.STRING, "yyyyMMddHHmmssSSS"));

    private static final Watermark WATERMARK =
            Watermark.of(spec(PRECISE, DetectionSpec.Listing.DEFAULT), ProgressScope.of(PRECISE, Optional.of(CREATED)));

    @Test
    void tableIsCompleteThroughWholeSeconds() {
        TableRecord record =
                WATERMARK.advanced(TableRecord.NEW, List.of(PartitionValues.of("20130208100007123")), look(null, null));

        assertThat(record.progress().completeThrough()).hasValue("2013-02-08T10:00:07");
        assertThat(WATERMARK.advanced(record, List.of(), look(null, null))).isEqualTo(record);
    }
}
