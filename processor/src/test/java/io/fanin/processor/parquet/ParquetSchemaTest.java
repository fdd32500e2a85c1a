package io.fanin.processor.parquet;

import static io.fanin.processor.parquet.ParquetFixture.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.spec.OnNewColumns;
import io.fanin.model.spec.processor.SchemaCheck;
import io.fanin.model.table.Column;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.RewrittenParquet;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.parquet.format.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns of files, whose footers Apache Parquet's own code has written, against the table's. */
class ParquetSchemaTest extends ParquetTest {

    @ParameterizedTest(name = "{0} reads {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string                 | optional binary c (STRING)",
                "string                 | required binary c",
                "string                 | optional binary c (ENUM)",
                "string                 | optional binary c (JSON)",
                "varchar(10)            | optional binary c (STRING)",
                "boolean                | optional boolean c",
                "tinyint                | optional int32 c (INTEGER(8,true))",
                "tinyint                | optional int32 c",
                "smallint               | optional int32 c (INTEGER(16,true))",
                "int                    | optional int32 c",
                "int                    | optional int32 c (INTEGER(32,true))",
                "bigint                 | optional int64 c",
                "bigint                 | optional int64 c (INTEGER(64,true))",
                "bigint                 | optional int32 c",
                "float                  | optional float c",
                "double                 | optional double c",
                "double                 | optional float c",
                "decimal(9,2)           | optional int32 c (DECIMAL(9,2))",
                "decimal(18,2)          | optional int64 c (DECIMAL(9,2))",
                "decimal(38,10)         | optional fixed_len_byte_array(16) c (DECIMAL(38,10))",
                "decimal(38,10)         | optional binary c (DECIMAL(20,10))",
                "date                   | optional int32 c (DATE)",
                "timestamp              | optional int96 c",
                "timestamp              | optional int64 c (TIMESTAMP(MILLIS,true))",
                "timestamp              | optional int64 c (TIMESTAMP(MICROS,false))",
                "timestamp              | optional int64 c (TIMESTAMP(NANOS,false))",
                "binary                 | optional binary c",
                "array<int>             | optional group c (LIST) { repeated group list { optional int32 element; } }",
                "array<int>             | optional group c (LIST) { repeated group bag { optional int32 array_element; } }",
                "array<int>             | optional group c (LIST) { repeated int32 array; }",
                "array<int>             | repeated int32 c",
                "array<struct<a:int>>   | optional group c (LIST) { repeated group array { optional int32 a; } }",
                "array<struct<a:int>>   | optional group c (LIST) { repeated group c_tuple { optional int32 a; } }",
                "array<struct<a:int,b:int>> | optional group c (LIST) { repeated group e { optional int32 a; optional int32 b; } }",
                "map<string,bigint>     | optional group c (MAP) { repeated group key_value { required binary key (STRING); optional int64 value; } }",
                "map<string,bigint>     | optional group c (MAP) { repeated group map (MAP_KEY_VALUE) { required binary key (STRING); optional int64 value; } }",
                "struct<a:int,b:array<string>> | optional group c { optional int32 A; optional group B (LIST) { repeated group list { optional binary element (STRING); } } optional int32 more; }",
            })
    void typesThatReadersReadWithoutHarmAgree(String type, String field) throws IOException {
        fixture.column("c", type).put("a.parquet", ParquetBytes.footer(terminated(field), 3));

        assertThat(fixture.sound().rows()).hasValue(3);
    }

    @ParameterizedTest(name = "{0} does not read {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string          | optional int32 c                       | 'c' is string in the table, INT32 in the file",
                "string          | optional binary c (DECIMAL(9,2))       | 'c' is string in the table, BYTE_ARRAY (DECIMAL(9,2)) in the file",
                "string          | optional fixed_len_byte_array(16) c (UUID) | 'c' is string in the table, FIXED_LEN_BYTE_ARRAY (UUIDType) in the file",
                "string          | repeated binary c (STRING)             | 'c' is string in the table, repeated BYTE_ARRAY (UTF8) in the file",
                "boolean         | optional int32 c                       | 'c' is boolean in the table, INT32 in the file",
                "int             | optional int64 c                       | 'c' is int in the table, INT64 in the file",
                "int             | optional int32 c (INTEGER(32,false))   | 'c' is int in the table, INT32 (UINT_32) in the file",
                "int             | optional int32 c (DATE)                | 'c' is int in the table, INT32 (DATE) in the file",
                "int             | optional binary c (STRING)             | 'c' is int in the table, BYTE_ARRAY (UTF8) in the file",
                "bigint          | optional int64 c (TIMESTAMP(MICROS,true)) | 'c' is bigint in the table, INT64 (TIMESTAMP_MICROS) in the file",
                "bigint          | optional double c                      | 'c' is bigint in the table, DOUBLE in the file",
                "float           | optional double c                      | 'c' is float in the table, DOUBLE in the file",
                "double          | optional int64 c                       | 'c' is double in the table, INT64 in the file",
                "decimal(9,2)    | optional int32 c (DECIMAL(9,3))        | 'c' is decimal(9,2) in the table, INT32 (DECIMAL(9,3)) in the file",
                "decimal(5,2)    | optional int32 c (DECIMAL(9,2))        | 'c' is decimal(5,2) in the table, INT32 (DECIMAL(9,2)) in the file",
                "decimal(9,0)    | optional int32 c                       | 'c' is decimal(9,0) in the table, INT32 in the file",
                "date            | optional int32 c                       | 'c' is date in the table, INT32 in the file",
                "timestamp       | optional int64 c                       | 'c' is timestamp in the table, INT64 in the file",
                "array<int>      | optional int32 c                       | 'c' is array<int> in the table, INT32 in the file",
                "array<int>      | optional group c (LIST) { repeated group list { optional int64 element; } } | 'c.element' is int in the table, INT64 in the file",
                "map<string,int> | optional group c (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } } | 'c.value' is int in the table, BYTE_ARRAY (UTF8) in the file",
                "array<struct<a:int>> | repeated group c { optional int32 a; } | 'c' is array<struct<a:int>> in the table, repeated a group of 1 in the file",
                "array<struct<a:int,b:int>> | repeated group c { optional int32 a; optional int32 b; } | 'c' is array<struct<a:int,b:int>> in the table, repeated a group of 2 in the file",
                "array<array<int>> | repeated group c (LIST) { repeated group list { optional int32 element; } } | 'c' is array<array<int>> in the table, repeated a group of 1 (LIST) in the file",
                "struct<a:array<struct<b:int,d:int>>> | optional group c { repeated group a { optional int32 b; optional int32 d; } } | 'c.a' is array<struct<b:int,d:int>> in the table, repeated a group of 2 in the file",
                "map<string,int> | optional group c { optional int32 a; } | 'c' is map<string,int> in the table, a group of 1 in the file",
                "struct<a:int>   | optional group c { optional int32 b; } | 'c.a' is int in the table, and not in the file",
                "struct<a:struct<b:date>> | optional group c { optional group a { optional int32 b; } } | 'c.a.b' is date in the table, INT32 in the file",
                "int             | optional int32 d                       | 'c' is int in the table, and not in the file",
                "binary          | optional int32 d                       | 'c' is in the table, and not in the file",
            })
    void typesThatReadersCannotReadAreNamed(String type, String field, String problem) throws IOException {
        fixture.column("c", type).put("a.parquet", ParquetBytes.footer(terminated(field), 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH))
                .isEqualTo(
                        "object %sa.parquet does not have the table's columns: %s; write it again, or change the table"
                                .formatted(PREFIX, problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"brotli", "lz4_raw"})
    void columnThatReadersCannotDecompressIsRefused(String codec) throws IOException {
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id", ", COMPRESSION " + codec));

        assertThat(fixture.unsound(FailureCode.BAD_PARQUET))
                .contains("is not sound Parquet: it has the column 'id' compressed with "
                        + codec.toUpperCase(Locale.ROOT) + ", which Athena and Trino do not read; write it again");

        fixture.schema = Optional.of(SchemaCheck.IGNORE);
        assertThat(fixture.sound().rows()).as("any columns").hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd"})
    void columnThatReadersDecompressIsRead(String codec) throws IOException {
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::BIGINT AS id", ", COMPRESSION " + codec));

        assertThat(fixture.sound().rows()).hasValue(1);
    }

    /** Readers decode this encoding only for floats and doubles. */
    @ParameterizedTest
    @CsvSource({
        "BIGINT, bigint, false",
        "'DECIMAL(20,2)', 'decimal(20,2)', false",
        "FLOAT, float, true",
        "DOUBLE, double, true"
    })
    void splitBytesAreReadOfFloatsAlone(String written, String type, boolean read) throws IOException {
        byte[] file = ParquetBytes.of("SELECT 1::%s AS c".formatted(written));
        fixture.column("c", type)
                .put(
                        "a.parquet",
                        RewrittenParquet.footer(
                                file,
                                footer -> footer.getRow_groups()
                                        .getFirst()
                                        .getColumns()
                                        .getFirst()
                                        .getMeta_data()
                                        .setEncodings(List.of(Encoding.BYTE_STREAM_SPLIT))));

        if (read) {
            assertThat(fixture.sound().rows()).hasValue(1);
        } else {
            assertThat(fixture.unsound(FailureCode.BAD_PARQUET)).contains("in the encoding BYTE_STREAM_SPLIT");
        }
    }

    /** Most writers have no shorter integers than INT32, and readers fail where a value is too large for the column. */
    @ParameterizedTest
    @CsvSource({
        "tinyint,  -128, 127,    true",
        "tinyint,  1,    300,    false",
        "tinyint,  -129, 0,      false",
        "smallint, 1,    300,    true",
        "smallint, 1,    -40000, false",
        "int,      1,    -40000, true"
    })
    void valuesThatANarrowColumnDoesNotHoldAreRefused(String type, int one, int other, boolean isSound)
            throws IOException {
        fixture.column("c", type);
        fixture.put("a.parquet", ParquetBytes.of("SELECT 1::INT AS c"));
        fixture.put(
                "b.parquet", ParquetBytes.of("SELECT 'x' AS first, unnest([%d, %d])::INT AS C".formatted(one, other)));

        if (isSound) {
            assertThat(fixture.sound().rows()).hasValue(3);
        } else {
            assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH))
                    .contains(
                            "b.parquet",
                            "'c' is " + type + " in the table, and has a value in the file that does not fit (");
        }
    }

    @Test
    void columnsThatTheTableHasNotAreNoFault() throws IOException {
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 ID; optional int32 more;", 3));

        assertThat(fixture.sound().rows()).hasValue(3);
    }

    @Test
    void namesDifferingOnlyInCaseAreTheSame() throws IOException {
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 id; optional int64 Id;", 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH))
                .contains("'id' and 'Id' are one name to the table's readers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "struct<a:int> | optional group c { optional int32 a; optional int32 A; } | 'c.a' and 'c.A'",
                "struct<b:int> | optional group c { optional int32 a; optional int32 A; optional int32 b; } | 'c.a' and 'c.A'",
                "struct<a:struct<b:int>> | optional group c { optional group a { optional int32 b; optional int32 B; } } | 'c.a.b' and 'c.a.B'",
                "array<struct<a:int>> | optional group c (LIST) { repeated group list { optional group element { optional int32 a; optional int32 A; } } }"
                        + " | 'c.element.a' and 'c.element.A'",
            })
    void fieldsDifferingOnlyInCaseAreTheSame(String type, String field, String names) throws IOException {
        fixture.column("c", type).put("a.parquet", ParquetBytes.footer(field, 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH))
                .contains(names + " are one name to the table's readers");
    }

    @Test
    void partitionKeyInTheFileIsRefused() throws IOException {
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 id; optional int32 Hour;", 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH))
                .contains("'hour' is a partition key, and a column in the file: readers take either value");
    }

    @Test
    void threeDisagreementsAreNamedAndTheRestCounted() throws IOException {
        fixture.columns = List.of(
                new Column("a", "int"),
                new Column("b", "int"),
                new Column("c", "int"),
                new Column("d", "int"),
                new Column("e", "int"));
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 a;", 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH))
                .contains("'a' is int in the table, INT64 in the file; 'b' is int in the table, and not in the file;"
                        + " 'c' is int in the table, and not in the file; and 2 more; write it again");
    }

    @Test
    void fileFromBeforeAColumnWasAddedMayLackIt() throws IOException {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("delay", "int"), new Column("gate", "string"));
        fixture.onNewColumns = OnNewColumns.APPEND;
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 id; optional int32 delay;", 3))
                .put("b.parquet", ParquetBytes.footer("optional int64 id;", 4));

        assertThat(fixture.sound().rows()).hasValue(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional int64 id; optional binary gate (UTF8);", "optional int32 more;"})
    void columnThatIsLackingBeforeOthersWasNotAddedLater(String fields) throws IOException {
        fixture.columns = List.of(new Column("id", "bigint"), new Column("delay", "int"), new Column("gate", "string"));
        fixture.onNewColumns = OnNewColumns.APPEND;
        fixture.put("a.parquet", ParquetBytes.footer(fields, 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH)).contains("in the table, and not in the file");
    }

    @Test
    void everyFileIsLookedAt() throws IOException {
        fixture.put("a.parquet", ParquetBytes.footer("optional int64 id;", 3));
        fixture.put("b.parquet", ParquetBytes.footer("optional double id;", 3));

        assertThat(fixture.unsound(FailureCode.SCHEMA_MISMATCH)).contains("b.parquet");
    }

    @Test
    void specMayLetFilesHaveAnyColumns() throws IOException {
        fixture.schema = Optional.of(SchemaCheck.IGNORE);
        fixture.put("a.parquet", ParquetBytes.footer("optional int32 hour;", 3));

        assertThat(fixture.sound().rows()).hasValue(3);
    }

    private static String terminated(String field) {
        return field.endsWith("}") ? field : field + ";";
    }
}
