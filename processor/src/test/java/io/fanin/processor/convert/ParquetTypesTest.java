package io.fanin.processor.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.Column;
import io.fanin.records.files.ConversionReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The written Parquet, as read by Apache Parquet's own reader: types, nulls, nested values, timestamps, decimals. */
class ParquetTypesTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("s", "string"),
            new Column("b", "boolean"),
            new Column("t", "tinyint"),
            new Column("h", "smallint"),
            new Column("i", "int"),
            new Column("l", "bigint"),
            new Column("f", "float"),
            new Column("d", "double"),
            new Column("m", "decimal(9,2)"),
            new Column("n", "decimal(38,10)"),
            new Column("day", "date"),
            new Column("at", "timestamp"),
            new Column("list", "array<struct<x:int,y:array<string>>>"),
            new Column("map", "map<string,decimal(4,1)>"));

    @TempDir
    private Path folder;

    @Test
    void schemaIsTheTables() throws IOException {
        ParquetFile file = convert("{\"s\":\"a\"}");

        assertThat(file.schema().toString()).isEqualTo("""
                message duckdb_schema {
                  optional binary s (STRING);
                  optional boolean b;
                  optional int32 t (INTEGER(8,true));
                  optional int32 h (INTEGER(16,true));
                  optional int32 i (INTEGER(32,true));
                  optional int64 l (INTEGER(64,true));
                  optional float f;
                  optional double d;
                  optional int32 m (DECIMAL(9,2));
                  optional fixed_len_byte_array(16) n (DECIMAL(38,10));
                  optional int32 day (DATE);
                  optional int64 at (TIMESTAMP(MICROS,false));
                  optional group list (LIST) {
                    repeated group list {
                      optional group element {
                        optional int32 x (INTEGER(32,true));
                        optional group y (LIST) {
                          repeated group list {
                            optional binary element (STRING);
                          }
                        }
                      }
                    }
                  }
                  optional group map (MAP) {
                    repeated group key_value {
                      required binary key (STRING);
                      optional int32 value (DECIMAL(4,1));
                    }
                  }
                }
                """);
    }

    @Test
    void singleValuesAreWhatWasWritten() throws IOException {
        Group row = convert("""
                        {"s":"\u00e9\\n\\"\\ud83d\\ude00","b":false,"t":-128,"h":32767,"i":-2147483648,"l":9223372036854775807,
                         "f":0.1,"d":1e-300,"m":-1234567.895,"n":1234567890123456789012345678.0123456789,
                         "day":"1969-12-31","at":"2013-02-08T17:05:09.123456+01:00"}
                        """).rows().getFirst();

        assertThat(row.getString("s", 0)).isEqualTo("\u00e9\n\"\ud83d\ude00");
        assertThat(row.getBoolean("b", 0)).isFalse();
        assertThat(row.getInteger("t", 0)).isEqualTo(-128);
        assertThat(row.getInteger("h", 0)).isEqualTo(32_767);
        assertThat(row.getInteger("i", 0)).isEqualTo(Integer.MIN_VALUE);
        assertThat(row.getLong("l", 0)).isEqualTo(Long.MAX_VALUE);
        assertThat(row.getFloat("f", 0)).isEqualTo(0.1f);
        assertThat(row.getDouble("d", 0)).isEqualTo(1e-300);
        assertThat(row.getInteger("m", 0)).isEqualTo(-123_456_790);
        assertThat(new BigDecimal(new BigInteger(row.getBinary("n", 0).getBytes()), 10))
                .isEqualTo(new BigDecimal("1234567890123456789012345678.0123456789"));
        assertThat(LocalDate.ofEpochDay(row.getInteger("day", 0))).isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(Instant.EPOCH.plus(row.getLong("at", 0), ChronoUnit.MICROS))
                .isEqualTo(Instant.parse("2013-02-08T16:05:09.123456Z"));
        assertThat(row.getFieldRepetitionCount("list")).isZero();
    }

    @Test
    void nestedValuesAndNullsInThemAreWhatWasWritten() throws IOException {
        Group row = convert("""
                        {"list":[{"x":1,"y":["a",null]},null,{"Y":[]}],"map":{"k":1.25,"z":null}}
                        """).rows().getFirst();

        Group list = row.getGroup("list", 0);
        assertThat(list.getFieldRepetitionCount("list")).isEqualTo(3);
        Group first = list.getGroup("list", 0).getGroup("element", 0);
        assertThat(first.getInteger("x", 0)).isEqualTo(1);
        assertThat(first.getGroup("y", 0).getGroup("list", 0).getString("element", 0))
                .isEqualTo("a");
        assertThat(first.getGroup("y", 0).getGroup("list", 1).getFieldRepetitionCount("element"))
                .isZero();
        assertThat(list.getGroup("list", 1).getFieldRepetitionCount("element")).isZero();
        Group third = list.getGroup("list", 2).getGroup("element", 0);
        assertThat(third.getFieldRepetitionCount("x")).isZero();
        assertThat(third.getGroup("y", 0).getFieldRepetitionCount("list")).isZero();
        Group map = row.getGroup("map", 0);
        assertThat(map.getGroup("key_value", 0).getString("key", 0)).isEqualTo("k");
        assertThat(map.getGroup("key_value", 0).getInteger("value", 0)).isEqualTo(13);
        assertThat(map.getGroup("key_value", 1).getFieldRepetitionCount("value"))
                .isZero();
    }

    @Test
    void everythingMayBeNull() throws IOException {
        ParquetFile file = convert("{}\n{\"s\":null,\"list\":null}");

        assertThat(file.rows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(
                                COLUMNS.stream().mapToInt(column -> row.getFieldRepetitionCount(column.name())))
                        .containsOnly(0));
    }

    @Test
    void rowGroupsFitIntoAReadersMemory() throws IOException {
        String line = "{\"s\":\"" + "0123456789abcdef".repeat(40) + "%d\",\"l\":%d}\n";
        ParquetFile file = convert(
                IntStream.range(0, 300_000).mapToObj(i -> line.formatted(i, i)).collect(Collectors.joining()));

        assertThat(file.rows()).hasSize(300_000);
        assertThat(file.rowGroups())
                .hasSizeGreaterThan(1)
                .allSatisfy(group -> assertThat(group.getRowCount()).isLessThanOrEqualTo(1_000_000))
                .allSatisfy(group -> assertThat(group.getTotalByteSize()).isLessThan(200_000_000))
                .allSatisfy(group -> assertThat(group.getColumns())
                        .allSatisfy(column -> assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD)));
    }

    @Test
    void oneThreadGathersWideRows() throws IOException {
        List<Column> wide = IntStream.range(0, 300)
                .mapToObj(i -> new Column("c" + i, "decimal(38,0)"))
                .toList();
        String line =
                wide.stream().map(column -> "\"" + column.name() + "\":1").collect(Collectors.joining(",", "{", "}\n"));

        ParquetFile file = convert(line.repeat(10_000), wide);

        assertThat(file.rowGroups()).extracting(BlockMetaData::getRowCount).containsExactly(10_000L);
    }

    private ParquetFile convert(String json) throws IOException {
        return convert(json, COLUMNS);
    }

    private ParquetFile convert(String json, List<Column> columns) throws IOException {
        try (ConversionFixture fixture = new ConversionFixture()) {
            fixture.columns = columns;
            fixture.raw("a.json", json);
            ConversionReport.Converted converted = fixture.converted();
            assertThat(converted.bad()).as("%s", fixture.quarantined).isZero();
            Path file = folder.resolve("part.parquet");
            Files.write(file, fixture.file("part-00000.parquet"));
            return ParquetFile.read(file);
        }
    }
}
