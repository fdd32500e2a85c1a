package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.parquet.RewrittenParquet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps in other writers' Parquet: either the instant in the file is read, or the column is refused. */
class ParquetTimestampsTest extends SqlTest {

    /** 2013-02-08 07:00:00.123456 in UTC. */
    private static final long MICROS = 1_360_306_800_123_456L;

    private static final int JULIAN_DAY = 2_456_332;
    private static final int JULIAN_DAY_OF_1970 = 2_440_588;
    private static final long NANOS_OF_DAY = (7 * 3600 * 1_000_000L + 123_456) * 1000;

    private static final String CUT =
            "and is in nanoseconds adjusted to UTC in the files, of which only microseconds can be read";

    @BeforeEach
    void aTimestamp() {
        fixture.format = "parquet";
        declare("timestamp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MILLIS,true  | 1360306800123       | 2013-02-08 07:00:00.123",
                "MILLIS,false | 1360306800123       | 2013-02-08 07:00:00.123",
                "MILLIS,true  | -1                  | 1969-12-31 23:59:59.999",
                "MICROS,true  | 1360306800123456    | 2013-02-08 07:00:00.123456",
                "MICROS,false | 1360306800123456    | 2013-02-08 07:00:00.123456",
                "MICROS,true  | -1                  | 1969-12-31 23:59:59.999999",
                "NANOS,false  | 1360306800123456000 | 2013-02-08 07:00:00.123456",
                "NANOS,false  | -1000               | 1969-12-31 23:59:59.999999",
            })
    void unitsAndZonesComeOutAsTheInstantInUtc(String unit, long value, String instant) throws IOException {
        raw("optional int64 moment (TIMESTAMP(" + unit + "));", value);

        assertThat(made()).isEqualTo(instant);
    }

    /** It is unknown whether digits would be truncated: whole microseconds look the same. */
    @ParameterizedTest
    @ValueSource(longs = {1000 * MICROS, 1000 * MICROS + 1, -1})
    void nanosecondsAdjustedToUtcAreRefused(long value) {
        raw("optional int64 moment (TIMESTAMP(NANOS,true));", value);

        assertRefused("column 'moment' is declared timestamp, " + CUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array<timestamp>           | (LIST) { repeated group list { optional int64 element (TIMESTAMP(NANOS,true)); } }",
                "struct<a:timestamp,b:date> | { optional int32 b (DATE); optional int64 a (TIMESTAMP(NANOS,true)); }",
                "map<timestamp,int>         | (MAP) { repeated group key_value { required int64 key (TIMESTAMP(NANOS,true)); optional int32 value; } }",
            })
    void nanosecondsAdjustedToUtcAreRefusedInsideOtherValues(String type, String group) {
        declare(type);
        raw("optional group moment " + group);

        assertRefused("column 'moment' is declared " + type + ", " + CUT);
    }

    @Test
    void nanosecondsInsideOtherValuesAreRefused() {
        declare("array<timestamp>");
        raw(
                "optional group moment (LIST) { repeated group list { optional int64 element (TIMESTAMP(NANOS,false)); } }");

        assertRefused("column 'moment' is declared array<timestamp>, and is TIMESTAMP_NS[] in the files");
    }

    @Test
    void nanosecondsOfOtherColumnsDoNotMatter() throws IOException {
        raw("optional group other { optional int64 moment (TIMESTAMP(NANOS,true)); }"
                + " optional int64 moment (TIMESTAMP(MICROS,true)); optional int64 last (TIMESTAMP(NANOS,true));");
        fixture.raw(
                HOUR_7,
                "b.parquet",
                ParquetBytes.row("optional int64 moment (TIMESTAMP(MICROS,true));", row -> row.add("moment", MICROS)));

        fixture.make("SELECT max(moment) AS moment FROM source");

        assertThat(fixture.rows(HOUR_7)).containsExactly("2013-02-08 07:00:00.123456");
    }

    @Test
    void nanosecondsOfAnyOfSeveralFilesAreRefused() {
        raw("optional int64 moment (TIMESTAMP(MICROS,true));", MICROS);
        fixture.raw(HOUR_7, "b.parquet", ParquetBytes.row("optional int64 moment (TIMESTAMP(NANOS,true));", row -> {}));

        assertRefused("column 'moment' is declared timestamp, " + CUT);
    }

    /** Spark's default format for timestamps. */
    @ParameterizedTest
    @CsvSource({
        JULIAN_DAY + ", " + NANOS_OF_DAY + ", 2013-02-08 07:00:00.123456",
        JULIAN_DAY_OF_1970 + ", 0, 1970-01-01 00:00:00.0",
        (JULIAN_DAY_OF_1970 - 1) + ", 86399999999000, 1969-12-31 23:59:59.999999",
        "1721426, 0, 0001-01-01 00:00:00.0",
        "5373484, 0, 9999-12-31 00:00:00.0",
    })
    void int96ComesOutAsTheInstant(int julianDay, long nanosOfDay, String instant) throws IOException {
        raw("optional int96 moment;", julianDay, nanosOfDay);

        assertThat(made()).isEqualTo(instant);
    }

    @Test
    void int96ComesOutToTheMicrosecond() throws IOException {
        raw("optional int96 moment;", JULIAN_DAY, NANOS_OF_DAY + 999);

        assertThat(made()).isEqualTo("2013-02-08 07:00:00.123456");
    }

    /** INT96 has no order: old writers compared its bytes, which begin with the nanoseconds of the day. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void int96IsFoundBehindStatisticsInAnotherOrder(boolean isOld) throws IOException {
        byte[] written = int96(JULIAN_DAY_OF_1970, NANOS_OF_DAY).getBytes();
        fixture.raw(
                HOUR_7,
                "a.parquet",
                RewrittenParquet.statistics(
                        ParquetBytes.row(
                                "optional int96 moment;", row -> row.add("moment", int96(JULIAN_DAY, NANOS_OF_DAY))),
                        statistics -> {
                            if (isOld) {
                                statistics.setMin(written).setMax(written);
                            } else {
                                statistics.setMin_value(written).setMax_value(written);
                            }
                        }));

        fixture.make("SELECT moment FROM source WHERE moment > TIMESTAMP '2013-01-01'");

        assertThat(fixture.rows(HOUR_7)).containsExactly("2013-02-08 07:00:00.123456");
    }

    @Test
    void int96InsideOtherValuesComesOutAsTheInstant() throws IOException {
        declare("struct<at:timestamp>");
        fixture.raw(
                HOUR_7,
                "a.parquet",
                ParquetBytes.row(
                        "optional group moment { optional int96 at; }",
                        row -> row.addGroup("moment").add("at", int96(JULIAN_DAY, NANOS_OF_DAY))));

        assertThat(made()).isEqualTo("{at=2013-02-08 07:00:00.123456}");
    }

    private void declare(String type) {
        fixture.raw = "moment " + type;
        fixture.columns = "moment " + type;
    }

    private void raw(String fields) {
        fixture.raw(HOUR_7, "a.parquet", ParquetBytes.row(fields, row -> {}));
    }

    private void raw(String fields, long value) {
        fixture.raw(HOUR_7, "a.parquet", ParquetBytes.row(fields, row -> row.add("moment", value)));
    }

    private void raw(String fields, int julianDay, long nanosOfDay) {
        fixture.raw(
                HOUR_7, "a.parquet", ParquetBytes.row(fields, row -> row.add("moment", int96(julianDay, nanosOfDay))));
    }

    private static Binary int96(int julianDay, long nanosOfDay) {
        return Binary.fromConstantByteArray(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanosOfDay)
                .putInt(julianDay)
                .array());
    }

    private String made() throws IOException {
        fixture.make("SELECT moment FROM source");
        assertThat(fixture.rows(HOUR_7)).hasSize(1);
        return fixture.rows(HOUR_7).getFirst();
    }

    private void assertRefused(String message) {
        assertFails("SELECT moment FROM source", "SchemaMismatch", message);
    }
}
