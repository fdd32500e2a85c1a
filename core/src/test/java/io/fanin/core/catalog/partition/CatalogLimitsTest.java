package io.fanin.core.catalog.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.fakes.GlueLimits;
import io.fanin.model.partition.KeyCodec;
import io.fanin.model.spec.rules.IndexRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogLimitsTest {

    @Test
    void catalogKeepsToTheLimitsThatGlueHas() {
        assertThat(Map.of(
                        "partitionIndexes", IndexRules.MAX_INDEXES,
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
