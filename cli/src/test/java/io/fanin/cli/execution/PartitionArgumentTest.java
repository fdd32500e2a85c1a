package io.fanin.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.table.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

class PartitionArgumentTest {

    private final CatalogTable daily = table("day:date");
    private final CatalogTable hourly = table("day:date", "hour:int");

    @ParameterizedTest
    @ValueSource(strings = {"day=2026-11-30", "[\"2026-11-30\"]", "2026-11-30", "2026-11-30T00:00", "2026-11-30 00:00"})
    void dayThatIsOnePartition(String argument) {
        assertThat(PartitionArgument.values(argument, daily).values()).containsExactly("2026-11-30");
    }

    @Test
    void dayOfManyPartitionsIsRefused() {
        assertThatThrownBy(() -> PartitionArgument.values("2026-11-30", hourly))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("'2026-11-30' does not tell one partition of analytics.flights");
        assertThat(PartitionArgument.values("2026-11-30T00:00", hourly).values())
                .containsExactly("2026-11-30", "00");
    }

    /** Partitions of six hours and more: the first of them begins with the day. */
    @Test
    void partOfADayIsNotMeantByIt() {
        assertThatThrownBy(() -> PartitionArgument.values(
                        "2026-11-30", table(Map.of("fanin.key.hour.interval", "6"), "day:date", "hour:int")))
                .hasMessage("'2026-11-30' does not tell one partition of analytics.flights");
        assertThat(PartitionArgument.values("2026-11-01", table("year:int", "month:int"))
                        .values())
                .as("the month that begins with it")
                .containsExactly("2026", "11");
    }

    private static CatalogTable table(String... keys) {
        return table(Map.of(), keys);
    }

    private static CatalogTable table(Map<String, String> parameters, String... keys) {
        return new CatalogTable(
                new TableName("analytics", "flights"),
                Table.builder()
                        .name("flights")
                        .parameters(parameters)
                        .storageDescriptor(StorageDescriptor.builder()
                                .location("s3://lake/flights/")
                                .build())
                        .partitionKeys(List.of(keys).stream()
                                .map(key -> key.split(":"))
                                .map(key -> Column.builder()
                                        .name(key[0])
                                        .type(key[1])
                                        .build())
                                .toList())
                        .build());
    }
}
