package io.fanin.core.catalog.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.client.CatalogFixture;
import io.fanin.fakes.GlueLimits;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowRefusalTest {

    private static final PartitionValues NULL = PartitionValues.of(PartitionValues.HIVE_DEFAULT);

    @Test
    void reservedWordsAreThoseThatGlueRefuses() {
        assertThat(WindowRefusal.RESERVED_WORDS).isEqualTo(GlueLimits.reservedWords());
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "Order", "event-date", "2nd"})
    void keyThatAnExpressionCannotNameIsTold(String name) {
        assertThat(WindowRefusal.of(List.of(new PartitionKey(name, KeyType.DATE)), List.of()))
                .hasValue("an expression cannot name key " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "year, INT,    'key year has the value __HIVE_DEFAULT_PARTITION__, which Glue compares with no int'",
        "dt,   DATE,   'key dt has the value __HIVE_DEFAULT_PARTITION__, which Glue compares with no date'",
        "year, STRING,",
    })
    void nullIsToldOnlyWhereItCannotBeCompared(String name, KeyType type, String why) {
        assertThat(WindowRefusal.of(List.of(new PartitionKey(name, type)), List.of(NULL)))
                .isEqualTo(Optional.ofNullable(why));
    }

    @Test
    void timesThatDoNotSortAreTold() {
        assertThat(WindowRefusal.of(List.of(new PartitionKey("dt", KeyType.STRING, "dd-MM-yyyy")), List.of()))
                .hasValue("the times in the keys do not sort as text");
    }

    @Test
    void namesOfKeysThatAreNotComparedDoNotCount() {
        List<PartitionKey> keys =
                List.of(new PartitionKey("order", KeyType.STRING), new PartitionKey("dt", KeyType.DATE));

        assertThat(WindowRefusal.of(keys, List.of())).isEmpty();
        assertThat(WindowRefusal.of(List.of(keys.getFirst()), List.of()))
                .as("there is no window")
                .isEmpty();
        assertThat(WindowRefusal.of(CatalogFixture.DEFINITION.keys(), List.of()))
                .isEmpty();
    }
}
