package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Result values that readers other than DuckDB would misread, at any depth of a column. */
class WrittenValuesTest extends SqlTest {

    @BeforeEach
    void rawData() {
        fixture.raw(HOUR_7, "a.json", "{\"carrier\":\"UA\",\"delay\":5}");
    }

    /** A Bloom filter that contains only one of the two zeros would hide the row from queries for the other. */
    @Test
    void negativeZeroIsWrittenAsZero() throws IOException {
        fixture.columns =
                "a double, b float, c array<double>, d struct<x:float,y:string>, e map<double,float>, f array<array<struct<z:double>>>";

        fixture.make("SELECT z AS a, z::FLOAT AS b, [z, NULL, 1] AS c, {'x': z::FLOAT, 'y': 'y'} AS d,"
                + " map {z: z::FLOAT} AS e, [[{'z': z}]] AS f FROM (SELECT -0.0::DOUBLE * delay AS z FROM source)");

        assertThat(fixture.rows(HOUR_7)).containsExactly("0.0|0.0|[0.0, null, 1.0]|{x=0.0, y=y}|{0.0=0.0}|[[{z=0.0}]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "date; 'infinity'::DATE",
                "date; '-infinity'::DATE",
                "timestamp; 'infinity'::TIMESTAMP",
                "timestamp; '-infinity'::TIMESTAMPTZ",
                "timestamp; 'infinity'::DATE",
                "array<date>; ['infinity'::DATE]",
                "struct<a:int,b:timestamp>; {'a': 1, 'b': 'infinity'::TIMESTAMP}",
                "map<date,string>; map {'infinity'::DATE: 'a'}",
                "map<string,array<timestamp>>; map {'a': ['-infinity'::TIMESTAMP]}",
            })
    void infiniteTimeFailsThePartition(String type, String value) {
        fixture.columns = "carrier string, at " + type;

        assertFails(
                "SELECT carrier, " + value + " AS at FROM source",
                "SqlError",
                "column 'at' has an infinite ",
                "which other readers take for a day");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "array<varchar(2)>; ['ab', 'abc']; varchar(2)",
                "array<char(2)>; ['ab  ', 'abc']; char(2)",
                "struct<a:varchar(2),b:int>; {'a': 'abc', 'b': 1}; varchar(2)",
                "map<varchar(2),int>; map {'abc': 1}; varchar(2)",
                "map<int,struct<a:varchar(2)>>; map {1: {'a': 'abc'}}; varchar(2)",
            })
    void textWithinAnotherValueThatIsLongerThanItsTypeFailsThePartition(String type, String value, String limit) {
        fixture.columns = "carrier string, names " + type;

        assertFails(
                "SELECT carrier, " + value + " AS names FROM source",
                "SqlError",
                "column 'names' has a value that is longer than " + limit);
    }

    @Test
    void otherValuesStayAsTheyAre() throws IOException {
        fixture.columns = "a array<varchar(2)>, b map<varchar(2),double>, c struct<a_b:date,x:struct<y:double>>,"
                + " d array<struct<x:float,y:map<int,timestamp>>>, e array<struct<n:int>>";

        fixture.make("SELECT a, b, c, d, e FROM (VALUES"
                + " (1, ['ab', NULL, ''], map {'k': 1.5::DOUBLE, 'l': NULL}, {'a_b': DATE '0001-01-01', 'x': {'y': 'nan'::DOUBLE}},"
                + " [{'x': 1::FLOAT, 'y': map {1: TIMESTAMP '2013-02-08 00:00:00.123456'}}, NULL], [{'n': 1}]),"
                + " (2, [], map {}, {'a_b': NULL, 'x': NULL}, [], []),"
                + " (3, NULL, NULL, NULL, NULL, NULL),"
                + " (4, [NULL], NULL, {'a_b': NULL, 'x': {'y': NULL}}, [{'x': NULL, 'y': NULL}], [NULL]))"
                + " AS rows(i, a, b, c, d, e) ORDER BY i");

        assertThat(fixture.rows(HOUR_7))
                .containsExactly(
                        "[ab, null, ]|{k=1.5, l=null}|{a_b=0001-01-01, x={y=NaN}}|[{x=1.0, y={1=2013-02-08 00:00:00.123456}}, null]|[{n=1}]",
                        "[]|{}|{a_b=null, x=null}|[]|[]",
                        "null|null|null|null|null",
                        "[null]|null|{a_b=null, x={y=null}}|[{x=null, y=null}]|[null]");
    }

    @Test
    void columnsMayHaveAnyName() throws IOException {
        fixture.columns = "value0 array<double>, value1 array<array<double>>, key map<double,double>, d double";

        fixture.make(
                "SELECT [1::DOUBLE] AS value0, [[2::DOUBLE]] AS value1, map {3::DOUBLE: 4::DOUBLE} AS key, 5::DOUBLE AS d");

        assertThat(fixture.rows(HOUR_7)).containsExactly("[1.0]|[[2.0]]|{3.0=4.0}|5.0");
    }

    @Test
    void valueThatDoesNotFitWithinAnotherNamesItsColumn() {
        fixture.columns = "carrier string, a struct<n:tinyint,d:double>";

        assertFails(
                "SELECT carrier, {'n': delay * 100, 'd': 1::DOUBLE} AS a FROM source",
                "SqlResultMismatch",
                "column 'a' is struct<n:tinyint,d:double> in the table, and a value does not fit");
    }
}
