package io.fanin.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of one table may show different types of a column. */
class CommonTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int            | bigint         | bigint",
                "bigint         | decimal(18,2)  | decimal(18,2)",
                "decimal(18,2)  | decimal(18,4)  | decimal(20,4)",
                "decimal(38,0)  | decimal(18,9)  | double",
                "double         | decimal(18,2)  | double",
                "bigint         | double         | double",
                "timestamp      | bigint         | string",
                "date           | date           | date",
            })
    void typeOfBothIsTheNarrowest(String one, String other, String common) {
        assertThat(CommonType.of(one, other)).isEqualTo(common);
        assertThat(CommonType.of(other, one)).isEqualTo(common);
    }
}
