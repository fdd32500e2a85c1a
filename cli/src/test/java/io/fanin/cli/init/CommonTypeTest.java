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
                "decimal(38,0)  | decimal(18,9)  | string",
                "decimal(38,0)  | double         | string",
                "decimal(38,0)  | bigint         | decimal(38,0)",
                "decimal(38,20) | decimal(38,9)  | string",
                "decimal(28,10) | decimal(38,25) | double",
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
