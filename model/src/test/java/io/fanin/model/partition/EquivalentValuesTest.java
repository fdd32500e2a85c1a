package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The spellings of equal values. */
class EquivalentValuesTest {

    private static final EquivalentValues DAY_AND_HOUR =
            new EquivalentValues(List.of(new PartitionKey("dt", KeyType.DATE), new PartitionKey("hour", KeyType.INT)));

    @ParameterizedTest
    @CsvSource({
        "int,       07,                         7",
        "int,       7,                          7",
        "bigint,    -007,                       -7",
        "int,       -0,                         0",
        "int,       000,                        0",
        "int,       __HIVE_DEFAULT_PARTITION__, __HIVE_DEFAULT_PARTITION__",
        "string,    07,                         07",
        "date,      2013-02-08,                 2013-02-08",
        "timestamp, 2013-02-08 17:00:00.0,      2013-02-08 17:00:00",
        "timestamp, 2013-02-08 17:00:00.500,    2013-02-08 17:00:00.5",
        "timestamp, 2013-02-08 17:00:10,        2013-02-08 17:00:10",
    })
    void valuesThatMeanTheSameHaveOneCanonicalForm(String type, String value, String canonical) {
        EquivalentValues forms = new EquivalentValues(List.of(new PartitionKey("k", KeyType.of(type))));

        assertThat(forms.canonical(PartitionValues.of(value))).isEqualTo(PartitionValues.of(canonical));
    }

    @Test
    void catalogIsAskedForNumbersAsTheyStandBareAndPadded() {
        assertThat(DAY_AND_HOUR.all(PartitionValues.of("2013-02-08", "07")))
                .containsExactly(PartitionValues.of("2013-02-08", "07"), PartitionValues.of("2013-02-08", "7"));
        assertThat(DAY_AND_HOUR.all(PartitionValues.of("2013-02-08", "007")))
                .containsExactly(
                        PartitionValues.of("2013-02-08", "007"),
                        PartitionValues.of("2013-02-08", "7"),
                        PartitionValues.of("2013-02-08", "07"));
        assertThat(DAY_AND_HOUR.all(PartitionValues.of("2013-02-08", "17"))).hasSize(1);
    }

    /** As Hive prints it, and as people write it. */
    @Test
    void catalogIsAskedForMomentsWithAndWithoutAFraction() {
        EquivalentValues forms = new EquivalentValues(List.of(new PartitionKey("ts", KeyType.TIMESTAMP)));

        assertThat(forms.all(PartitionValues.of("2013-02-08 17:00:00")))
                .containsExactly(
                        PartitionValues.of("2013-02-08 17:00:00"), PartitionValues.of("2013-02-08 17:00:00.0"));
        assertThat(forms.all(PartitionValues.of("2013-02-08 17:00:00.000")))
                .containsExactly(
                        PartitionValues.of("2013-02-08 17:00:00.000"),
                        PartitionValues.of("2013-02-08 17:00:00"),
                        PartitionValues.of("2013-02-08 17:00:00.0"));
        assertThat(forms.all(PartitionValues.of("2013-02-08 17:00:00.5"))).hasSize(1);
        assertThat(forms.all(PartitionValues.of(PartitionValues.HIVE_DEFAULT))).hasSize(1);
    }

    @Test
    void manyKeysDoNotMakeManyRequests() {
        EquivalentValues forms = new EquivalentValues(Collections.nCopies(20, new PartitionKey("k", KeyType.INT)));

        assertThat(forms.all(new PartitionValues(Collections.nCopies(20, "7"))))
                .hasSize(32)
                .startsWith(new PartitionValues(Collections.nCopies(20, "7")));
    }

    @Test
    void valuesOfOtherKeysStayAsTheyAre() {
        PartitionValues values = PartitionValues.of("07");

        assertThat(DAY_AND_HOUR.canonical(values)).isEqualTo(values);
        assertThat(DAY_AND_HOUR.all(values)).containsExactly(values);
    }
}
