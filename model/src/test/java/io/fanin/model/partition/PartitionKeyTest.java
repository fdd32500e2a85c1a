package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeyTest {

    @ParameterizedTest
    @CsvSource({"int, INT", "INTEGER, INT", "Bigint, BIGINT", "string, STRING", "tinyint, TINYINT", "date, DATE"})
    void typesAreNamedAsInHiveWithoutCase(String name, KeyType type) {
        assertThat(KeyType.of(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "float", "varchar(10)", "struct<a:int>", "text"})
    void otherTypesAreRefusedAndThePossibleOnesNamed(String name) {
        assertThatThrownBy(() -> KeyType.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + name + "' is not a type for a partition key, expected one of: "
                        + "string, tinyint, smallint, int, bigint, date, timestamp");
    }

    @ParameterizedTest
    @EnumSource(names = {"TINYINT", "SMALLINT", "INT", "BIGINT"})
    void integersHaveNoFormatOfAWholeMoment(KeyType type) {
        assertThat(new PartitionKey("y", type, "yyyy").format()).hasValue("yyyy");
        assertThatThrownBy(() -> new PartitionKey("hour", type, "yyyyMM"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'hour'", type.hiveName(), "only string, date and timestamp keys");
    }

    /** Its 24 hours would all mean the same date. */
    @Test
    void dateHasNoFormatWithTimeOfDay() {
        assertThatThrownBy(() -> new PartitionKey("dt", KeyType.DATE, "yyyy/MM/dd/HH"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'dt'", "yyyy/MM/dd/HH", "time of day", "timestamp");
    }

    @Test
    void keyNeedsNameAndType() {
        assertThatThrownBy(() -> new PartitionKey("", KeyType.INT)).hasMessageContaining("needs a name");
        assertThatThrownBy(() -> new PartitionKey("hour", null)).hasMessageContaining("'hour' needs a type");
    }

    @Test
    void partitionIsNamedAsHiveAndGluePrintIt() {
        List<PartitionKey> keys =
                List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("a:b", KeyType.STRING));

        assertThat(PartitionValues.of("2013-02-08", "x/y").nameFor(keys)).isEqualTo("dt=2013-02-08/a%3Ab=x%2Fy");
    }

    @Test
    void partitionNeedsAValueAndAPrefixEndingInASlash() {
        assertThatThrownBy(PartitionValues::of).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Partition(PartitionValues.of("1"), "events/hour=1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("events/hour=1");
    }

    @Test
    void valuesStillHaveANameAfterTheKeysHaveChanged() {
        assertThat(PartitionValues.of("2013-02-08", "x/y").nameFor(List.of(new PartitionKey("dt", KeyType.DATE))))
                .isEqualTo("2013-02-08/x%2Fy");
    }
}
