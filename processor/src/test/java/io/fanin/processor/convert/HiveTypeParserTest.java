package io.fanin.processor.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hive's notation of types, as Glue keeps it. */
class HiveTypeParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "STRING | VARCHAR",
                "varchar(20) | VARCHAR",
                "char(2) | VARCHAR",
                "integer | INTEGER",
                "decimal | DECIMAL(10,0)",
                "decimal(5) | DECIMAL(5,0)",
                "decimal( 38 , 38 ) | DECIMAL(38,38)",
                "array<array<int>> | INTEGER[][]",
                "map<string, array<double>> | MAP(VARCHAR, DOUBLE[])",
                "struct<a\"b:timestamp,c:struct<d:date>> | STRUCT(\"a\"\"b\" TIMESTAMP, \"c\" STRUCT(\"d\" DATE))"
            })
    void typesOfTablesHaveTheirLikeInDuckDb(String hive, String duckDb) {
        assertThat(HiveTypeParser.parse(hive).duckDb()).isEqualTo(duckDb);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "binary",
                "interval",
                "uniontype<int>",
                "array",
                "array<>",
                "array<int",
                "array<int>>",
                "map<int>",
                "map<array<int>,int>",
                "struct<>",
                "struct<a>",
                "struct<a:int,b c:string>",
                "struct<a:int,A:int>",
                "decimal(39)",
                "decimal(2,3)",
                "decimal(x)",
                "int(3)",
                "int string"
            })
    void otherTypesAreRefused(String hive) {
        assertThatThrownBy(() -> HiveTypeParser.parse(hive)).isInstanceOf(IllegalArgumentException.class);
    }
}
