package io.fanin.model.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {

    /** Hive and Athena write the second form into the catalog. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT                         | int",
                "integer                     | int",
                "decimal(10, 2)              | decimal(10,2)",
                "decimal                     | decimal(10,0)",
                "decimal(5)                  | decimal(5,0)",
                "map<decimal, decimal(38)>   | map<decimal(10,0),decimal(38,0)>",
                "struct<a: integer, b:array<decimal>> | struct<a:int,b:array<decimal(10,0)>>",
            })
    void spellingsOfATypeAreTheSame(String type, String stored) {
        assertThat(new Column("A", type).canonical()).isEqualTo(new Column("a", stored).canonical());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"decimal | decimal(10,2)", "decimal(5) | decimal(6,0)", "int | bigint", "varchar(5) | varchar(6)"})
    void otherTypesDiffer(String type, String other) {
        assertThat(new Column("a", type).canonical()).isNotEqualTo(new Column("a", other).canonical());
    }
}
