package io.fanin.model.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.partition.KeyCodec.Decoded.Refused;
import io.fanin.model.partition.KeyCodec.Decoded.Value;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCodecTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "STRING, anything at all",
        "STRING, 2024-02-30",
        "TINYINT, -128",
        "TINYINT, 127",
        "SMALLINT, -32768",
        "SMALLINT, 32767",
        "INT, 07",
        "INT, 0",
        "INT, -2147483648",
        "INT, 2147483647",
        "BIGINT, -9223372036854775808",
        "BIGINT, 9223372036854775807",
        "DATE, 2024-02-29",
        "DATE, 1970-01-01",
        "TIMESTAMP, 2013-02-08 17:00:00",
        "TIMESTAMP, 2013-02-08 17:00:00.0",
        "TIMESTAMP, 2013-02-08 17:00:00.123456789",
    })
    void valueThatTheTypeHoldsIsKeptAsItIs(KeyType type, String text) {
        assertThat(codec(type).decode(text)).isEqualTo(new Value(text));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "TINYINT, 128",
        "TINYINT, -129",
        "SMALLINT, 32768",
        "INT, 7x",
        "INT, x7",
        "INT, +7",
        "INT, ' 7'",
        "INT, -",
        "INT, 1.0",
        "INT, 1e3",
        "INT, ７",
        "INT, 2147483648",
        "INT, -2147483649",
        "BIGINT, 9223372036854775808",
        "BIGINT, 100000000000000000000000000000",
        "DATE, 2024-02-30",
        "DATE, 2023-02-29",
        "DATE, 2024-13-01",
        "DATE, 2024-2-1",
        "DATE, 20240201",
        "DATE, 2024-02-01 00:00:00",
        "DATE, -0001-01-01",
        "DATE, +12024-01-01",
        "DATE, today",
        "TIMESTAMP, 2013-02-08",
        "TIMESTAMP, 2013-02-08T17:00:00",
        "TIMESTAMP, 2013-02-08 24:00:00",
        "TIMESTAMP, 2013-02-08 17:60:00",
        "TIMESTAMP, 2013-02-08 17:00:00.",
        "TIMESTAMP, 2013-02-08 17:00:00.1234567890",
    })
    void valueThatTheTypeCannotHoldIsRefusedAndNamed(KeyType type, String text) {
        assertThat(codec(type).decode(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).contains("'" + text + "'", "key k", "expected"));
    }

    @ParameterizedTest(name = "{0} as {1}: {2} is {3}")
    @CsvSource({
        "STRING, yyyy/MM/dd/HH, 2013/02/08/17, 2013/02/08/17",
        "STRING, yyyyMMdd, 20130208, 20130208",
        "DATE, yyyy/MM/dd, 2013/02/08, 2013-02-08",
        "DATE, yyyyMMdd, 20130208, 2013-02-08",
        "DATE, d.M.yyyy, 8.2.2013, 2013-02-08",
        "DATE, yyyy-MM, 2013-02, 2013-02-01",
        "DATE, yyyy, 2013, 2013-01-01",
        "DATE, yyyy-DDD, 2013-039, 2013-02-08",
        "TIMESTAMP, yyyy/MM/dd/HH, 2013/02/08/17, 2013-02-08 17:00:00",
        "TIMESTAMP, yyyy-MM-dd-HH-mm, 2013-02-08-17-45, 2013-02-08 17:45:00",
        "TIMESTAMP, yyyyMMdd'T'HHmmss, 20130208T174559, 2013-02-08 17:45:59",
    })
    void formattedTimeIsGivenToGlueAsEnginesReadItAndWrittenBack(
            KeyType type, String format, String text, String value) {
        KeyCodec codec = codec(type, format);

        assertThat(codec.decode(text)).isEqualTo(new Value(value));
        assertThat(codec.encode(value)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "STRING, yyyy/MM/dd/HH, 2013/02/30/17",
        "STRING, yyyy/MM/dd/HH, 2013/02/08/24",
        "STRING, yyyy/MM/dd/HH, 2013/02/08",
        "STRING, yyyyMMdd, 2013-02-08",
        "DATE, yyyyMMdd, 2013-02-08",
        "DATE, yyyyMMdd, 20130229",
        "TIMESTAMP, yyyy/MM/dd/HH, 2013/02/08/17/00",
        "STRING, yyyyMMdd, ２０１３０２０８",
    })
    void valueThatIsNotInTheFormatIsRefusedAndTheFormatNamed(KeyType type, String format, String text) {
        assertThat(codec(type, format).decode(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).contains("'" + text + "'", "in the format " + format));
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({"INT, MM, 7", "INT, MM, 07", "STRING, MM, 07", "STRING, M, 7", "STRING, M, 12", "STRING, yyyy, 2024"})
    void unitOfTimeIsReadAsItsFormatWritesIt(KeyType type, String format, String text) {
        assertThat(codec(type, format).decode(text)).isEqualTo(new Value(text));
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "STRING, MM, 7",
        "STRING, M, 07",
        "STRING, MM, 13",
        "STRING, HH, 24",
        "STRING, yyyy, 24",
        "STRING, yyyy, 0024",
        "STRING, dd, ０８"
    })
    void unitOfTimeInAnotherFormIsRefused(KeyType type, String format, String text) {
        assertThat(codec(type, format).decode(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).contains("'" + text + "'", "in the format " + format));
    }

    /** The characters that Glue's single-line strings leave out. */
    @ParameterizedTest
    @ValueSource(strings = {"n\u0000o", "\u0001", "a\nb", "a\r", "\u001F", "a\uFFFE", "\uFFFF"})
    void valueThatGlueCannotHoldIsRefusedInOneLine(String text) {
        assertThat(codec(KeyType.STRING).decode(text))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("key k", "neither Glue nor SQL")
                                .doesNotContain(text));
        assertThat(codec(KeyType.STRING).decode("a\tb")).isEqualTo(new Value("a\tb"));
        assertThat(codec(KeyType.STRING).decode("\uD83D\uDE80\u007F")).isEqualTo(new Value("\uD83D\uDE80\u007F"));
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void everyTypeMayBeNull(KeyType type) {
        assertThat(codec(type).decode(PartitionValues.HIVE_DEFAULT)).isEqualTo(new Value(PartitionValues.HIVE_DEFAULT));
        assertThat(codec(type).encode(PartitionValues.HIVE_DEFAULT)).isEqualTo(PartitionValues.HIVE_DEFAULT);
        assertThat(codec(type).momentOf(PartitionValues.HIVE_DEFAULT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void emptyValueIsRefusedBecauseOneFailsTheWholeBatch(KeyType type) {
        assertThat(codec(type).decode(""))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("empty", "key k"));
    }

    @Test
    void valueHasAtMost1024Characters() {
        String longest = "x".repeat(1024);

        assertThat(codec(KeyType.STRING).decode(longest)).isEqualTo(new Value(longest));
        assertThat(codec(KeyType.STRING).decode(longest + "x"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).contains("1025", "1024", "key k"));
    }

    @Test
    void textThatIsNoValueIsNotEncoded() {
        assertThatThrownBy(() -> codec(KeyType.DATE, "yyyyMMdd").encode("20130208"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'20130208'", "key k");
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "DATE, , 2013-02-08, 2013-02-08T00:00",
        "DATE, yyyyMMdd, 2013-02-08, 2013-02-08T00:00",
        "TIMESTAMP, , 2013-02-08 17:45:59.5, 2013-02-08T17:45:59",
        "TIMESTAMP, yyyy/MM/dd/HH, 2013-02-08 17:00:00, 2013-02-08T17:00",
        "STRING, yyyy/MM/dd/HH, 2013/02/08/17, 2013-02-08T17:00",
        "STRING, , 2013-02-08, ",
        "INT, , 2013, ",
    })
    void timesSayTheirMoment(KeyType type, String format, String value, LocalDateTime moment) {
        KeyCodec codec = new KeyCodec(
                new PartitionKey("k", type, Optional.ofNullable(format), Optional.empty(), Optional.empty()));

        assertThat(codec.momentOf(value)).isEqualTo(Optional.ofNullable(moment));
    }

    private static KeyCodec codec(KeyType type) {
        return new KeyCodec(new PartitionKey("k", type));
    }

    private static KeyCodec codec(KeyType type, String format) {
        return new KeyCodec(new PartitionKey("k", type, format));
    }
}
