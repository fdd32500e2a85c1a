package io.fanin.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fanin.model.run.RunReport;
import io.fanin.model.run.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {

    @Test
    void pricesHaveADateAndASourceForEachService() {
        assertThat(LocalDate.parse(Prices.LIST.date())).isAfter("2026-01-01");
        assertThat(Prices.LIST.sources())
                .containsOnlyKeys("s3", "glue", "stepFunctions", "lambda", "eventBridge", "cloudWatch")
                .allSatisfy((service, page) -> assertThat(page).startsWith("https://aws.amazon.com/"));
    }

    @Test
    void requestsCostWhatTheirKindDoes() {
        assertThat(TableRun.of(
                                Map.of(
                                        "S3 PutObject", 1_000L,
                                        "S3 ListObjectsV2", 1_000L,
                                        "S3 HeadObject", 1_000L,
                                        "S3 DeleteObjects", 1_000_000L,
                                        "Glue GetTable", 1_000_000L,
                                        "States DescribeExecution", 1_000_000L),
                                0)
                        .dollars())
                .isEqualTo(0.005 + 0.005 + 0.0004 + 1, within(1e-9));
    }

    @Test
    void metricsCostTheirShareOfAMonth() {
        assertThat(Prices.LIST.ofMetrics(8, MonthlyCost.MONTH)).isEqualTo(2.40, within(1e-9));
        assertThat(Prices.LIST.ofMetrics(8, Duration.ofHours(1))).isEqualTo(2.40 / 730, within(1e-9));
    }

    /** What a report leaves out is taken as in the runs that were counted. */
    @Test
    void passHasItsFunctionsBesideTheProcessors() {
        var usage = new RunReport.PassUsage(new Usage(Map.of("Glue GetTable", 3L), 1.5), 7);

        assertThat(TableRun.of(usage)).isEqualTo(new TableRun(Map.of("Glue GetTable", 3.0), 7, 7, 1.5 + 2));
    }
}
