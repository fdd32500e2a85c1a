package io.fanin.records.raw.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.type.HiveType.Scalar;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {

    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource({
        "2013-02-08,                          UTC,              2013-02-08 00:00:00.000000",
        "2013-02-08T17:05,                    UTC,              2013-02-08 17:05:00.000000",
        "2013-02-08T17:05:09,                 UTC,              2013-02-08 17:05:09.000000",
        "2013-02-08 17:05:09,                 UTC,              2013-02-08 17:05:09.000000",
        "2013-02-08t17:05:09z,                UTC,              2013-02-08 17:05:09.000000",
        "2013-02-08T17:05:09Z,                Europe/Berlin,    2013-02-08 17:05:09.000000",
        "2013-02-08T17:05:09 Z,               Europe/Berlin,    2013-02-08 17:05:09.000000",
        "2013-02-08T17:05:09.25Z,             UTC,              2013-02-08 17:05:09.250000",
        "'2013-02-08T17:05:09,25Z',           UTC,              2013-02-08 17:05:09.250000",
        "2013-02-08T17:05:09.123456789Z,      UTC,              2013-02-08 17:05:09.123456",
        "1969-12-31T23:59:59.9999999Z,        UTC,              1969-12-31 23:59:59.999999",
        "2013-02-08T17:05:09+01:00,           UTC,              2013-02-08 16:05:09.000000",
        "2013-02-08T17:05:09 +01:00,          UTC,              2013-02-08 16:05:09.000000",
        "2013-02-08T17:05:09-0530,            UTC,              2013-02-08 22:35:09.000000",
        "2013-02-08T17:05:09+01,              UTC,              2013-02-08 16:05:09.000000",
        "2013-02-08T17:05+18:00,              UTC,              2013-02-07 23:05:00.000000",
        "2013-02-08T17:05:09,                 Europe/Berlin,    2013-02-08 16:05:09.000000",
        "2013-03-31T02:30:00,                 Europe/Berlin,    2013-03-31 01:30:00.000000",
        "2013-10-27T02:30:00,                 Europe/Berlin,    2013-10-27 00:30:00.000000",
        "0001-01-01T00:00:00Z,                UTC,              0001-01-01 00:00:00.000000",
        "9999-12-31T23:59:59.999999Z,         UTC,              9999-12-31 23:59:59.999999",
        "0001-01-01T00:00:00+01:00,           UTC,              refused",
        "9999-12-31T23:59:59-01:00,           UTC,              refused",
        "0000-12-31T00:00:00Z,                UTC,              refused",
        "2013-02-29,                          UTC,              refused",
        "2013-02-08T24:00:00,                 UTC,              refused",
        "2013-02-08T23:60:00,                 UTC,              refused",
        "2013-02-08T23:59:60,                 UTC,              refused",
        "2013-02-08T17,                       UTC,              refused",
        "2013-02-08T17:05:,                   UTC,              refused",
        "2013-02-08T17:05:09.,                UTC,              refused",
        "2013-02-08T17:05:09.1234567890,      UTC,              2013-02-08 17:05:09.123456",
        "2013-02-08T17:05:09+1:00,            UTC,              refused",
        "2013-02-08T17:05:09+01:60,           UTC,              refused",
        "2013-02-08T17:05:09+19:00,           UTC,              refused",
        "2013-02-08T17:05:09+01:00x,          UTC,              refused",
        "2013-02-08T17:05:09Zx,               UTC,              refused",
        "2013-02-08T17:05:09 ,                UTC,              2013-02-08 17:05:09.000000",
        "2013-02-08_17:05:09,                 UTC,              refused",
        "2013/02/08 17:05:09,                 UTC,              refused",
        "20130208T170509Z,                    UTC,              refused",
        "1360343109,                          UTC,              refused"
    })
    void timestampIsReadAsMicrosecondsInUtc(String text, String zone, String expected) {
        assertThat(read(new Timestamps(ZoneId.of(zone))::read, text)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1} as {0} is {2}")
    @CsvSource({
        "yyyy-MM-dd HH:mm:ss.SSSSSSSSS, 2013-02-08 17:05:09.123456789, 2013-02-08 17:05:09.123456",
        "yyyy-MM-dd HH:mm:ss.SSSSSSSSS, 1969-12-31 23:59:59.999999900, 1969-12-31 23:59:59.999999",
        "yyyy-MM-dd HH:mm:ss.SSSSSSSSS, 1969-12-31 23:59:58.123456700, 1969-12-31 23:59:58.123456",
        "yyyy-MM-dd HH:mm:ss.SSS,       0001-01-01 00:00:00.001,       0001-01-01 00:00:00.001000",
        "yyyy-MM-dd HH:mm VV,           2013-10-27 02:30 Europe/Berlin, 2013-10-27 00:30:00.000000",
    })
    void timestampInAGivenFormatIsCutToMicroseconds(String format, String text, String expected) {
        FormattedTimes times = new FormattedTimes(List.of(format), ZoneOffset.UTC);

        assertThat(read(times::timestamp, text)).isEqualTo(expected);
    }

    @Test
    void timeWithoutADayIsNoTimestamp() {
        FormattedTimes times = new FormattedTimes(List.of("[yyyy-MM-dd ]HH:mm"), ZoneOffset.UTC);

        assertThat(read(times::timestamp, "2013-02-08 17:05")).isEqualTo("2013-02-08 17:05:00.000000");
        assertThat(read(times::timestamp, "17:05")).isEqualTo("refused");
        assertThat(read(times::date, "17:05")).isEqualTo("refused");
    }

    private interface Reader {

        boolean read(byte[] bytes, int from, int to, ScalarValue value);
    }

    private static String read(Reader reader, String text) {
        byte[] bytes = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        ScalarValue value = new ScalarValue();

        boolean read = reader.read(bytes, 1, bytes.length - 1, value);

        JsonText written = new JsonText();
        value.write(ValueType.of(Scalar.TIMESTAMP), written);
        String shown = new String(written.bytes().bytes(), 1, written.bytes().size() - 2, StandardCharsets.UTF_8);
        return read ? shown : "refused";
    }
}
