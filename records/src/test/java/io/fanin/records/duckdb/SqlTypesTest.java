package io.fanin.records.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.type.HiveTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hive's types in DuckDB's SQL. */
class SqlTypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "varchar(20) | VARCHAR",
                "integer | INTEGER",
                "smallint | SMALLINT",
                "decimal | DECIMAL(10,0)",
                "array<array<int>> | INTEGER[][]",
                "map<string, array<double>> | MAP(VARCHAR, DOUBLE[])",
                "struct<a\"b:timestamp,c:struct<d:date>> | STRUCT(\"a\"\"b\" TIMESTAMP, \"c\" STRUCT(\"d\" DATE))"
            })
    void typesOfTablesHaveTheirLikeInDuckDb(String hive, String duckDb) {
        assertThat(SqlTypes.of(HiveTypeParser.parse(hive))).isEqualTo(duckDb);
    }
}
