package io.fanin.core.catalog.partition;

import static io.fanin.core.catalog.client.CatalogFixture.FLIGHTS;
import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static io.fanin.core.catalog.client.CatalogFixture.registration;
import static io.fanin.core.catalog.client.CatalogFixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionReaderTest {

    private static final List<PartitionKey> KEYS =
            List.of(new PartitionKey("dt", KeyType.STRING), new PartitionKey("hour", KeyType.STRING));

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();

    @BeforeEach
    void registerSome() {
        fixture.catalog.register(table, registrations(5));
        fixture.glue.log().reset();
    }

    @Test
    void registeredOnesOfManyAreFoundAThousandAtATime() {
        List<PartitionValues> asked =
                registrations(2001).stream().map(PartitionRegistration::values).toList();

        assertThat(fixture.catalog.find(table, KEYS, asked).keySet())
                .containsExactlyInAnyOrder(hour(0), hour(1), hour(2), hour(3), hour(4));
        assertThat(fixture.glue.log().calls("BatchGetPartition"))
                .extracting(call -> call.fact("PartitionsToGet"))
                .containsExactlyInAnyOrder("1000", "1000", "1");
    }

    /** Each answer repeats the columns for each of its partitions. */
    @Test
    void partitionsOfAWideTableAreAskedForInSmallerRequests() {
        CatalogTable wide = withColumns(250, "string");
        List<PartitionValues> asked =
                registrations(600).stream().map(PartitionRegistration::values).toList();

        assertThat(fixture.catalog.find(wide, KEYS, asked)).hasSize(5);
        assertThat(fixture.glue.log().calls("BatchGetPartition"))
                .extracting(call -> Integer.parseInt(call.fact("PartitionsToGet")))
                .allSatisfy(size -> assertThat(size)
                        .isLessThanOrEqualTo(50_000 / wide.columns().size()))
                .hasSize(4);
    }

    /** Nested types of thousands of characters are repeated, too. */
    @Test
    void partitionsWithLongTypesAreAskedForInSmallerRequests() {
        String nested = "struct<" + "a_long_name:string,".repeat(200) + "last:string>";
        CatalogTable deep = withColumns(50, nested);
        List<PartitionValues> asked =
                registrations(100).stream().map(PartitionRegistration::values).toList();

        assertThat(fixture.catalog.find(deep, KEYS, asked)).hasSize(5);
        assertThat(fixture.glue.log().calls("BatchGetPartition"))
                .extracting(call -> Integer.parseInt(call.fact("PartitionsToGet")))
                .allSatisfy(size -> assertThat(size * 50 * nested.length()).isLessThan(12_000_000))
                .hasSize(3);
    }

    /** The table with so many columns more. */
    private CatalogTable withColumns(int more, String type) {
        fixture.glue.alterTable("analytics", "flights", input -> {
            ArrayNode columns = input.withObject("/StorageDescriptor").withArray("Columns");
            for (int i = 0; i < more; i++) {
                columns.addObject().put("Name", "c" + i).put("Type", type);
            }
        });
        CatalogTable altered = fixture.catalog.table(FLIGHTS).orElseThrow();
        fixture.glue.log().reset();
        return altered;
    }

    @Test
    void valuesThatGlueCannotHoldAreNotAskedFor() {
        PartitionValues empty = PartitionValues.of("2013-02-08", "");

        assertThat(fixture.catalog.find(table, KEYS, List.of(empty, hour(1))).keySet())
                .containsExactly(hour(1));
        assertThat(fixture.catalog.find(table, KEYS, List.of(empty)).keySet()).isEmpty();
        assertThat(fixture.glue.log().count()).isEqualTo(1);
    }

    @Test
    void unprocessedKeysAreAskedForAgain() {
        fixture.glue.faults().on("BatchGetPartition").first(3).thenFailEntries(v -> true, Fault.throttling());

        assertThat(fixture.catalog
                        .find(table, KEYS, List.of(hour(0), hour(1), hour(2), hour(3)))
                        .keySet())
                .hasSize(4);
        assertThat(fixture.glue.log().calls("BatchGetPartition"))
                .extracting(call -> call.fact("PartitionsToGet"))
                .containsExactly("4", "3");
    }

    @Test
    void keysThatStayUnprocessedAreCountedInTheError() {
        fixture.glue.faults().on("BatchGetPartition").thenFailEntry(hour(2).values(), Fault.throttling());

        assertThatThrownBy(() -> fixture.catalog
                        .find(table, KEYS, List.of(hour(1), hour(2)))
                        .keySet())
                .isInstanceOf(CatalogUnavailableException.class)
                .hasMessageContainingAll("table analytics.flights", "1 of 2 partitions unread");
        assertThat(fixture.glue.log().count("BatchGetPartition")).isEqualTo(6);
    }

    @Test
    void oneKeyThatStaysUnprocessedIsOnePartition() {
        fixture.glue.faults().on("BatchGetPartition").thenFailEntry(hour(2).values(), Fault.throttling());

        assertThatThrownBy(() ->
                        fixture.catalog.find(table, KEYS, List.of(hour(2))).keySet())
                .hasMessageContaining("1 of 1 partition unread");
    }

    @Test
    void whatIsFoundSaysWhereItLiesAndWhatItHolds() {
        Map<PartitionValues, RegisteredPartition> found = fixture.catalog.find(table, KEYS, List.of(hour(3), hour(7)));

        assertThat(found).containsOnlyKeys(hour(3));
        assertThat(found.get(hour(3)).location()).hasValue(registration(3).locationUri());
        assertThat(found.get(hour(3)).parameters()).isEqualTo(Map.of("fanin.objects", "3"));
    }

    @Test
    void numberIsFoundInTheFormThatTheTableHas() {
        PartitionValues padded = PartitionValues.of("2013-02-08", "04");

        assertThat(fixture.catalog.find(
                        table,
                        CatalogFixture.DEFINITION.keys(),
                        List.of(padded, PartitionValues.of("2013-02-08", "05"))))
                .extractingByKey(padded)
                .extracting(RegisteredPartition::values)
                .isEqualTo(hour(4));
    }

    @Test
    void everyFormThatIsAskedForIsAnswered() {
        PartitionValues padded = PartitionValues.of("2013-02-08", "04");

        assertThat(fixture.catalog
                        .find(table, CatalogFixture.DEFINITION.keys(), List.of(padded, hour(4)))
                        .keySet())
                .containsExactlyInAnyOrder(padded, hour(4));
    }
}
