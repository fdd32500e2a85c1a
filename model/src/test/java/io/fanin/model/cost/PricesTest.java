package io.fanin.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {

    @Test
    void pricesHaveADateAndASourceForEachService() {
        assertThat(LocalDate.parse(Prices.LIST.date())).isAfter("2026-01-01");
        assertThat(Prices.LIST.sources())
                .containsOnlyKeys("s3", "glue", "stepFunctions", "lambda", "cloudWatch")
                .allSatisfy((service, page) -> assertThat(page).startsWith("https://aws.amazon.com/"));
    }

    @Test
    void requestsCostWhatTheirKindDoes() {
        assertThat(Prices.LIST.ofRequests(Map.of(
                        "S3 PutObject", 1_000L,
                        "S3 ListObjectsV2", 1_000L,
                        "S3 HeadObject", 1_000L,
                        "S3 DeleteObjects", 1_000_000L,
                        "Glue GetTable", 1_000_000L,
                        "States DescribeExecution", 1_000_000L)))
                .isEqualTo(0.005 + 0.005 + 0.0004 + 1, within(1e-9));
    }
}
