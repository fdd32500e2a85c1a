package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.DataFormat;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.RewrittenParquet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NullType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries whose raw data is Parquet: its columns have the declared types, or the partition fails. */
class QueriedParquetTest extends SqlTest {

    @Test
    void parquetIsReadByNameWithTheDeclaredTypes() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "carrier string, delay bigint, missing double, moment timestamp";
        fixture.columns = "carrier string, delay bigint, missing double, moment timestamp, hour int";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                fixture.parquet(
                        "SELECT 5::SMALLINT AS delay, 'UA' AS \"Carrier\", TIMESTAMPTZ '2013-02-08 07:00:00+00' AS moment"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 'AA'::BLOB AS carrier, 7 AS extra"));

        ConversionReport.Converted made = (ConversionReport.Converted)
                fixture.make("SELECT carrier, delay, missing, moment, hour FROM source ORDER BY carrier");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|null|null|null|7", "UA|5|null|2013-02-08 07:00:00.0|7");
        assertThat(made.read().files()).isEqualTo(2);
    }

    @Test
    void parquetOfAnotherTypeIsNotCastInSilence() {
        fixture.format = "parquet";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'x' AS carrier, '5' AS delay"));

        assertFails(
                COUNT,
                "SchemaMismatch",
                "column 'delay' is declared int, and is VARCHAR in the files, such as ",
                "a.parquet: declare");
    }

    /** pandas writes all its timestamps in nanoseconds. */
    @Test
    void nanosecondsOfParquetAreTakenWhereTheyAreWholeMicroseconds() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "moment timestamp";
        fixture.columns = "moment timestamp";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT TIMESTAMP_NS '2013-02-08 07:00:00.123456' AS moment"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT NULL::TIMESTAMP_NS AS moment"));
        fixture.raw(HOUR_7, "c.parquet", fixture.parquet("SELECT TIMESTAMP '2013-02-08 08:00:00' AS moment"));

        fixture.make("SELECT moment FROM source ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("2013-02-08 07:00:00.123456", "2013-02-08 08:00:00.0", "null");
    }

    @Test
    void nanosecondsThatWouldBeCutAreRefusedWithTheirColumn() {
        fixture.format = "parquet";
        fixture.raw = "moment timestamp";
        fixture.columns = "moment timestamp";
        fixture.raw(
                HOUR_7, "a.parquet", fixture.parquet("SELECT TIMESTAMP_NS '2013-02-08 07:00:00.123456001' AS moment"));

        assertFails(
                "SELECT moment FROM source",
                "SchemaMismatch",
                "column 'moment' is declared timestamp, and has a value in the files that is not a whole number of"
                        + " microseconds: 2013-02-08 07:00:00.123456001");
    }

    @Test
    void parquetOfSeveralTypesIsNotCastInSilence() {
        fixture.format = "parquet";
        fixture.raw = "carrier string, delay double";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 1.5::DOUBLE AS delay"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 'AA' AS carrier, 9007199254740993 AS delay"));

        assertFails(
                "SELECT carrier, count(delay) AS flights FROM source GROUP BY ALL",
                "SchemaMismatch",
                "column 'delay' is declared double, and is BIGINT in the files");
    }

    @Test
    void parquetOfSeveralTypesKeepsTheValuesOfEach() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "carrier string, delay double";
        fixture.columns = "carrier string, delay double";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 1.5::FLOAT AS delay"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 'AA' AS carrier, 16777217::INT AS delay"));

        fixture.make("SELECT carrier, delay FROM source ORDER BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("AA|1.6777217E7", "UA|1.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "required int64 DELAY; required int64 delay;    | 'DELAY' and 'delay' are one name to the table's readers",
                "required int64 Delay; required int64 DELAY;    | 'Delay' and 'DELAY' are one name to the table's readers",
                "required int64 delay; required int64 x; required int64 X; | 'x' and 'X' are one name to the table's readers",
                "optional group place { optional int64 a; optional int64 A; }  | 'place.a' and 'place.A' are one name to the table's readers",
                "optional group places (LIST) { repeated group list { optional group element { optional int64 a; optional int64 A; } } }"
                        + " | 'places.list.element.a' and 'places.list.element.A' are one name to the table's readers",
            })
    void columnsThatReadersTakeForOneAreRefused(String fields, String problem) {
        fixture.format = "parquet";
        fixture.raw = "delay bigint, place struct<a:bigint>, places array<struct<a:bigint>>";
        fixture.raw(HOUR_7, "a.parquet", ParquetBytes.footer(fields, 0));

        assertThatThrownBy(() -> fixture.make("SELECT 'UA' AS carrier, count(*) AS flights FROM source"))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SCHEMA_MISMATCH))
                .hasMessage("object flights/dt=2013-02-08/hour=7/a.parquet does not have the table's columns: "
                        + problem + "; write it again");
    }

    @Test
    void fieldsOfAColumnThatNobodyDeclaresHaveAnyNames() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "delay bigint";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                ParquetBytes.row(
                        "required int64 delay; optional group other { optional int64 a; optional int64 A; }",
                        row -> row.add("delay", 5L)));

        fixture.make("SELECT 'UA' AS carrier, sum(delay)::BIGINT AS flights FROM source");

        assertThat(fixture.rows(HOUR_7)).containsExactly("UA|5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n, st.m AS m, 'UA' AS carrier FROM source",
                "SELECT 1 AS n, 2 AS m, carrier FROM source WHERE n > 7",
                "SELECT sum(n)::INT AS n, 1 AS m, any_value(carrier) AS carrier FROM source",
                "SELECT 5 AS n, 1 AS m, CAST(n AS VARCHAR) AS carrier FROM source",
            })
    void valueThatItsDeclaredTypeDoesNotHoldIsNamedWithColumnAndObject(String query) {
        fixture.format = "parquet";
        fixture.raw = "n int, st struct<m:int>, carrier string";
        fixture.columns = "n int, m int, carrier string";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                fixture.parquet("SELECT 5::BIGINT AS n, {'m': 3000000000} AS st, 'UA' AS carrier WHERE false"));
        fixture.raw(HOUR_7, "b.parquet", fixture.parquet("SELECT 5::BIGINT AS n, {'m': 6} AS st, 'UA' AS carrier"));
        fixture.raw(
                HOUR_7,
                "c.parquet",
                fixture.parquet("SELECT 3000000000 AS n, {'m': 7} AS st, 'UA' AS carrier FROM range(3)"));

        assertFails(
                query,
                "SchemaMismatch",
                "object flights/dt=2013-02-08/hour=7/c.parquet: column 'n' is declared int, which does not hold a value of it"
                        + " (Conversion Error: Type INT64 with value 3000000000 can't be cast",
                "): declare a type that does, or write the object again");
    }

    @Test
    void valueWithinAStructThatItsDeclaredTypeDoesNotHoldIsNamed() {
        fixture.format = "parquet";
        fixture.raw = "n int, st struct<m:int>";
        fixture.columns = "n int, m int";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 5::BIGINT AS n, {'m': 3000000000} AS st"));

        assertFails(
                "SELECT n, st.m AS m FROM source",
                "SchemaMismatch",
                "hour=7/a.parquet: column 'st' is declared struct<m:int>, which does not hold a value of it");
    }

    @Test
    void castOfTheQueryIsItsOwnFaultThoughAColumnHasAValueOutOfRange() {
        fixture.format = "parquet";
        fixture.raw = "n int, k bigint";
        fixture.columns = "n int, m int";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 3000000000 AS n, 3000000000 AS k"));

        assertFails("SELECT 1 AS n, k AS m FROM source", "SqlResultMismatch", "column 'm' is int in the table");
        assertFails("SELECT 1 AS n,\n k::INT AS m FROM source", "SqlError", "line 2, column 3: Conversion Error");
    }

    @Test
    void valueOfAJoinedTableIsNamedWithItsObject() {
        fixture.format = "parquet";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 5::INT AS delay"));
        fixture.register(
                fixture.table("analytics", "carriers", DataFormat.PARQUET, "code string, seats smallint", SINCE),
                "2013-01-01");
        fixture.aws.s3().put("lake", "carriers/2013-01-01/a", fixture.parquet("SELECT 'UA' AS code, 70000 AS seats"));

        assertFails(
                "SELECT carrier, seats AS flights FROM source JOIN carriers ON code = carrier",
                "SchemaMismatch",
                "object carriers/2013-01-01/a: column 'seats' is declared smallint, which does not hold a value of it");
    }

    @Test
    void objectThatIsNoParquetIsNamed() {
        fixture.format = "parquet";
        fixture.raw(HOUR_7, "a.parquet", "no Parquet at all");

        assertThatThrownBy(() -> fixture.make(COUNT))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BAD_PARQUET))
                .hasMessageContaining("hour=7/a.parquet is not Parquet");
    }

    @ParameterizedTest
    @CsvSource({"-5, -4", "-6, -5", "-250, -8"})
    void objectWithACorruptFooterIsNamedByItsKey(int from, int to) {
        fixture.format = "parquet";
        byte[] corrupt = fixture.parquet("SELECT 'UA' AS carrier, 5 AS delay");
        Arrays.fill(corrupt, corrupt.length + from, corrupt.length + to, (byte) 0x7f);
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 5 AS delay"));
        fixture.raw(HOUR_7, "b.parquet", corrupt);

        assertThatThrownBy(() -> fixture.make(COUNT))
                .isInstanceOfSatisfying(ObjectDefectException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.BAD_PARQUET);
                    assertThat(e).hasMessageContaining("flights/dt=2013-02-08/hour=7/b.parquet");
                })
                .hasMessageStartingWith(
                        "object flights/dt=2013-02-08/hour=7/b.parquet is not sound Parquet: it has a footer"
                                + " that cannot be read (")
                .hasMessageNotContaining(temporary().toString());
    }

    /** Other writers leave NaN out of a footer's statistics. */
    @Test
    void notANumberIsReadBehindStatisticsWithoutIt() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "x double";
        fixture.columns = "greatest double, large bigint";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                RewrittenParquet.statistics(
                        fixture.parquet("SELECT unnest(['1', 'nan', '5']::DOUBLE[]) AS x"),
                        statistics -> statistics.setMin_value(bytes(1)).setMax_value(bytes(5))));

        fixture.make("SELECT max(x) AS greatest, (SELECT count(*) FROM source WHERE x > 9) AS large FROM source");

        assertThat(fixture.rows(HOUR_7)).containsExactly("NaN|1");
    }

    /**
     * Allowing for NaN must not make it the greatest number: the database answers such queries from statistics alone.
     */
    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet"})
    void greatestNumberIsOneOfTheRows(String format) throws IOException {
        fixture.format = format;
        fixture.raw = "x double, s struct<f:float>, y float";
        fixture.raw(
                HOUR_7,
                "a",
                format.equals("json")
                        ? "{\"x\":1.5,\"s\":{\"f\":-2},\"y\":0}{\"x\":2.5}".getBytes(StandardCharsets.UTF_8)
                        : fixture.parquet(
                                "SELECT unnest([1.5, 2.5])::DOUBLE AS x, {f: -2::FLOAT} AS s, 0::FLOAT AS y"));

        fixture.columns = "x double, y float, rows bigint";
        fixture.make("SELECT max(x) AS x, max(y) AS y, count(*) AS rows FROM source");
        assertThat(fixture.rows(HOUR_7)).containsExactly("2.5|0.0|2");

        fixture.columns = "f float";
        fixture.make("SELECT max(s.f) AS f FROM source");
        assertThat(fixture.rows(HOUR_7)).containsExactly("-2.0");
    }

    /** A value that does not fit is named even if the cast is only a part of the column's expression. */
    @Test
    void structWithAValueOutOfRangeIsNamed() {
        fixture.format = "parquet";
        fixture.raw = "x double, s struct<n:int,f:float>";
        fixture.columns = "f float";
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 1::DOUBLE AS x, {n: 3000000000, f: 2::FLOAT} AS s"));

        assertFails(
                "SELECT s.f + s.n AS f FROM source",
                "SchemaMismatch",
                "a.parquet: column 's' is declared struct<n:int,f:float>, which does not hold a value of it");
    }

    private static byte[] bytes(double number) {
        return ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(number)
                .array();
    }

    /** Old writers compared bytes as signed: their least text is one that is not in ASCII. */
    @Test
    void textIsReadBehindStatisticsInAnotherOrder() throws IOException {
        fixture.format = "parquet";
        fixture.columns = "carrier string, flights bigint";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                RewrittenParquet.statistics(
                        fixture.parquet("SELECT unnest(['a', '\u00e9', 'b']) AS carrier"),
                        statistics -> statistics
                                .setMin("\u00e9".getBytes(StandardCharsets.UTF_8))
                                .setMax("b".getBytes(StandardCharsets.UTF_8))));

        fixture.make("SELECT carrier, count(*) AS flights FROM source WHERE carrier = '\u00e9' GROUP BY carrier");

        assertThat(fixture.rows(HOUR_7)).containsExactly("\u00e9|1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"decimal(20,2) | x", "struct<a:decimal(20,2)> | x.a"})
    void decimalIsReadBehindStatisticsInAnotherOrder(String type, String value) throws IOException {
        fixture.format = "parquet";
        fixture.raw = "x " + type;
        fixture.columns = "large bigint";
        fixture.raw(HOUR_7, "a.parquet", RewrittenParquet.oldDecimals(value.equals("x.a")));

        fixture.make("SELECT count(*) AS large FROM source WHERE %s >= 4".formatted(value));

        assertThat(fixture.rows(HOUR_7)).containsExactly("1");
    }

    @Test
    void columnThatIsNullByItsTypeIsOfAnyType() throws IOException {
        fixture.format = "parquet";
        fixture.raw = "carrier string, moment timestamp, delay int";
        fixture.columns = "carrier string, moment timestamp, delay int";
        fixture.raw(
                HOUR_7,
                "a.parquet",
                RewrittenParquet.footer(
                        fixture.parquet("SELECT NULL::INT AS carrier, NULL::INT AS moment, 5 AS delay"),
                        footer -> footer.getSchema().stream()
                                .filter(column -> !column.getName().equals("delay") && column.isSetType())
                                .forEach(column -> column.setLogicalType(LogicalType.UNKNOWN(new NullType()))
                                        .unsetConverted_type())));
        fixture.raw(
                HOUR_7,
                "b.parquet",
                fixture.parquet("SELECT 'UA' AS carrier, TIMESTAMP '2013-02-08 07:00:00' AS moment, 7 AS delay"));

        fixture.make("SELECT carrier, moment, delay FROM source ORDER BY delay");

        assertThat(fixture.rows(HOUR_7)).containsExactly("null|null|5", "UA|2013-02-08 07:00:00.0|7");
    }

    /** The database reads such a decimal of 1.5 as 108086391056891900. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "required fixed_len_byte_array(17) amount (DECIMAL(40,2));                        | amount",
                "optional group amount { required fixed_len_byte_array(17) x (DECIMAL(40,2)); }   | amount.x",
            })
    void decimalWithMoreDigitsThanTheDatabaseHasIsRefused(String fields, String path) {
        fixture.format = "parquet";
        fixture.raw = path.equals("amount") ? "amount double" : "amount struct<x:double>";
        fixture.raw(HOUR_7, "a.parquet", ParquetBytes.footer(fields, 0));

        assertThatThrownBy(() -> fixture.make("SELECT 'UA' AS carrier, count(amount) AS flights FROM source"))
                .isInstanceOfSatisfying(
                        ObjectDefectException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SCHEMA_MISMATCH))
                .hasMessage("object flights/dt=2013-02-08/hour=7/a.parquet does not have the table's columns: '" + path
                        + "' is FIXED_LEN_BYTE_ARRAY (DECIMAL(40,2)), and decimals of up to 38 digits can be read;"
                        + " write it again");
    }
}
