package io.fanin.model.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hive's notation of types, as stored in Glue. */
class HiveTypeParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STRING | string",
                "varchar(20) | varchar(20)",
                "CHAR( 2 ) | char(2)",
                "decimal | decimal(10,0)",
                "decimal(5) | decimal(5,0)",
                "decimal( 38 , 38 ) | decimal(38,38)",
                "array<array<int>> | array<array<int>>",
                "map<string, array<double>> | map<string,array<double>>",
                "struct<a:timestamp,c:struct<d:date>> | struct<a:timestamp,c:struct<d:date>>"
            })
    void typesThatDataIsConvertedIntoAreRead(String text, String hive) {
        assertThat(HiveTypeParser.parse(text).hive()).isEqualTo(hive);
        assertThat(HiveTypeParser.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "uniontype<int,string>", "array<binary>", "map<binary,struct<a:uniontype<int>>>"})
    void tablesMayHaveTypesThatNothingIsConvertedInto(String text) {
        assertThat(HiveTypeParser.problem(text)).isEmpty();
        assertThatThrownBy(() -> HiveTypeParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is not a type that raw data can be converted into");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | expected a name at position 1",
                "text | 'text' is not a type that Athena knows in a table, expected string",
                "array<long> | 'long' is not a type that Athena knows in a table, expected bigint",
                "numeric(3,1) | 'numeric' is not a type that Athena knows in a table, expected decimal",
                "txt | 'txt' is not a type, expected one of boolean, tinyint",
                "interval | 'interval' is not a type",
                "array | expected '<' at position 6",
                "array<> | expected a name at position 7",
                "array<int | expected '>' at position 10",
                "array<int>> | expected the end at position 11",
                "array<int,int> | expected 1 type between '<' and '>', found 2",
                "array<strng> | 'strng' is not a type",
                "map<int> | expected 2 types between '<' and '>', found 1",
                "map<array<int>,int> | a map's key is a single value, found array<int>",
                "map<uniontype<int>,int> | a map's key is a single value",
                "uniontype<> | expected a name at position 11",
                "struct<> | expected a name at position 8",
                "struct<a> | expected ':' at position 9",
                "struct<a:int,b c:string> | expected ':' at position 16",
                "struct<a:int,A:int> | the name 'a' is there twice",
                "decimal(39) | decimal(39,0): expected 1 to 38 digits, and no more after the point",
                "decimal(40,2) | decimal(40,2): expected 1 to 38 digits",
                "decimal(99,2) | decimal(99,2): expected 1 to 38 digits",
                "decimal(2,3) | decimal(2,3): expected 1 to 38 digits",
                "decimal(1,1,1) | expected at most 2 whole numbers",
                "decimal(x) | expected whole numbers",
                "varchar | varchar and char have a length in brackets, varchar 1 to 65535 and char 1 to 255",
                "varchar(0) | varchar and char have a length",
                "varchar(65536) | varchar and char have a length",
                "char(256) | varchar and char have a length",
                "int(3) | expected the end at position 4",
                "int string | expected the end at position 5"
            })
    void otherTypesAreRefused(String text, String why) {
        assertThat(HiveTypeParser.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith(why));
        assertThatThrownBy(() -> HiveTypeParser.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void integerIsReadInTheCatalogAndRefusedInASpec() {
        assertThat(HiveTypeParser.parse("array<INTEGER>").hive()).isEqualTo("array<int>");
        assertThat(HiveTypeParser.problem("array<INTEGER>"))
                .hasValue("'integer' is not a type that Athena knows in a table, expected int");
    }

    @ParameterizedTest
    @CsvSource({
        "varchar(3), abc, true",
        "varchar(3), abcd, false",
        "varchar(3), \u00e9\u20ac\uD83D\uDE00, true",
        "varchar(3), 'ab  ', false",
        "char(3), 'ab  ', true",
        "char(3), 'abcd  ', false"
    })
    void lengthsAreInCharacters(String type, String text, boolean holds) {
        byte[] utf8 = ("#" + text).getBytes(StandardCharsets.UTF_8);

        assertThat(((HiveType.Characters) HiveTypeParser.parse(type)).holds(utf8, 1, utf8.length))
                .isEqualTo(holds);
    }

    @Test
    void typesThatWouldOutgrowTheStackAreRefused() {
        assertThat(HiveTypeParser.problem("array<".repeat(100) + "int" + ">".repeat(100)))
                .isEmpty();
        assertThat(HiveTypeParser.problem("array<".repeat(20_000))).hasValue("types lie in types more than 100 deep");
        assertThat(HiveTypeParser.problem("a".repeat(131_073)))
                .hasValue("the type has 131073 characters, expected 131072 at most");
    }
}
