package io.fanin.core.catalog.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.partition.KeyCodec;
import io.fanin.fakes.GlueLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogLimitsTest {

    @Test
    void catalogKeepsToTheLimitsThatGlueHas() {
        assertThat(Map.of(
                        "batchCreate", PartitionWriter.MAX_WRITE,
                        "batchUpdate", PartitionWriter.MAX_WRITE,
                        "batchGet", PartitionReader.MAX_GET,
                        "partitionPage", PartitionScan.MAX_PAGE,
                        "segments", PartitionScan.SEGMENTS,
                        "expressionLength", WindowExpression.MAX_LENGTH,
                        "locationLength", RegistrationInput.MAX_LOCATION_LENGTH,
                        "valueLength", KeyCodec.MAX_VALUE_LENGTH))
                .allSatisfy((name, limit) -> assertThat(limit).isEqualTo(GlueLimits.of(name)));
    }
}
