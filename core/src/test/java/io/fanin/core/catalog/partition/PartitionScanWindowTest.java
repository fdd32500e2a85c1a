package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the partitions of a window are requested, and all if Glue refuses the expression. */
class PartitionScanWindowTest {

    private static final List<PartitionKey> KEYS = CatalogFixture.DEFINITION.keys();
    private static final LocalDateTime MIDDAY = LocalDateTime.of(2013, 2, 8, 12, 0);

    private final ScanFixture scan = new ScanFixture();
    private final CatalogFixture fixture = scan.fixture;
    private final List<RegisteredPartition> seen = scan.seen;

    @Test
    void takesOneRequest() {
        scan.register(24);
        fixture.glue.putPartition("analytics", "flights", List.of("2013-02-07", "23"), "s3://lake/old/");

        fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

        assertThat(seen).extracting(RegisteredPartition::values).hasSize(24).contains(hour(23), hour(0));
        assertThat(scan.requests())
                .singleElement()
                .satisfies(call -> assertThat(call.facts())
                        .isEqualTo(Map.of(
                                "DatabaseName", "analytics",
                                "TableName", "flights",
                                "Expression", "dt >= '2013-02-08'",
                                "ExcludeColumnSchema", "true",
                                "MaxResults", "1000")));
    }

    /** Glue may answer an empty page with a token: ending there would call registered partitions new. */
    @Test
    void emptyPageIsNotTheLastOne() {
        scan.register(1);
        List.of("2013-02-05", "2013-02-06", "2013-02-07")
                .forEach(day ->
                        fixture.glue.putPartition("analytics", "flights", List.of(day, "1"), "s3://lake/" + day + "/"));
        fixture.glue.scanAtMost(1);

        fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

        assertThat(seen).extracting(RegisteredPartition::values).containsExactly(hour(0));
        assertThat(scan.requests())
                .hasSize(4)
                .allMatch(call -> call.fact("Expression").equals("dt >= '2013-02-08'"));
    }

    @Test
    void keysThatTellNoTimeHaveNoWindow() {
        scan.register(3);

        fixture.catalog.forEachPartitionFrom(FLIGHTS, List.of(KEYS.getLast()), MIDDAY, seen::add);

        assertThat(seen).hasSize(3);
        assertThat(scan.requests())
                .singleElement()
                .satisfies(call -> assertThat(call.facts()).doesNotContainKey("Expression"));
    }

    /** Glue's errors for a reserved word, for a null among dates, and for expressions that its own checks refuse. */
    @ParameterizedTest
    @ValueSource(strings = {"InvalidInputException", "InvalidStateException", "ValidationException"})
    void refusedExpressionIsLeftOut(String code) {
        scan.register(3);
        fixture.glue
                .faults()
                .on("GetPartitions")
                .where(call -> call.facts().containsKey("Expression"))
                .thenFail(400, code, "Unsupported expression");

        fixture.once.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

        assertThat(seen).hasSize(3);
        assertThat(scan.requests()).hasSize(2);
        assertThat(fixture.waits).isEmpty();
    }

    /** A date that is none is met only on the page that it would be on. */
    @Test
    void partitionsBeforeTheRefusalAreNotGivenTwice() {
        scan.register(4);
        fixture.glue
                .putPartition("analytics", "flights", List.of("2013-02-07", "1"), "s3://lake/old/")
                .putPartition("analytics", "flights", List.of(PartitionValues.HIVE_DEFAULT, "1"), "s3://lake/null/")
                .scanAtMost(2);

        fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add);

        assertThat(seen)
                .extracting(RegisteredPartition::values)
                .containsExactlyInAnyOrder(
                        hour(0),
                        hour(1),
                        hour(2),
                        hour(3),
                        PartitionValues.of("2013-02-07", "1"),
                        PartitionValues.of(PartitionValues.HIVE_DEFAULT, "1"));
        assertThat(scan.requests())
                .extracting(call -> call.facts().containsKey("Expression"))
                .contains(true, false);
    }

    @Test
    void requestThatIsRefusedWithoutAnExpressionFails() {
        fixture.glue.faults().on("GetPartitions").thenFail(400, "InvalidInputException", "no such region");

        assertThatThrownBy(() -> fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("table analytics.flights", "no such region");
    }

    @Test
    void deniedAccessIsNoRefusalOfTheExpression() {
        fixture.glue.faults().on("GetPartitions").thenFail(400, "AccessDeniedException", "no");

        assertThatThrownBy(() -> fixture.catalog.forEachPartitionFrom(FLIGHTS, KEYS, MIDDAY, seen::add))
                .hasMessageContaining("IAM denies it");
        assertThat(scan.requests()).hasSize(1);
    }
}
