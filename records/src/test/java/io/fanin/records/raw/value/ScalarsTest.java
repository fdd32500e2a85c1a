package io.fanin.records.raw.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.NumberForm;
import io.fanin.model.table.TimePatterns;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveTypeParser;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that a type cannot hold is refused; the value of any other is written as text again. */
class ScalarsTest {

    private final Scalars scalars = new Scalars(new Forms(NumberForm.STANDARD, TimePatterns.STANDARD, ZoneOffset.UTC));

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(
            quoteCharacter = '\1',
            delimiter = ';',
            value = {
                "boolean; true; true",
                "boolean; FALSE; false",
                "boolean; 1; refused",
                "boolean; yes; refused",
                "tinyint; 127; 127",
                "tinyint; -128; -128",
                "tinyint; 128; refused",
                "smallint; 32767; 32767",
                "smallint; -32769; refused",
                "int; 007; 7",
                "int; -0; 0",
                "int; +1; 1",
                "int; -007.0; -7",
                "int; 5.; 5",
                "int; .; refused",
                "int; +-1; refused",
                "int; 1.0; 1",
                "int; 12.5; refused",
                "int; 1e3; 1000",
                "int; 1e-1; refused",
                "int; 10e-1; 1",
                "int; 2147483648; refused",
                "int; 1e10000; refused",
                "int; -; refused",
                "int; 0x10; refused",
                "int; 1_000; refused",
                "int; \u0661; refused",
                "bigint; 9223372036854775807; 9223372036854775807",
                "bigint; -9223372036854775808; -9223372036854775808",
                "bigint; 9223372036854775808; refused",
                "bigint; 9223372036854775807.0; 9223372036854775807",
                "float; 0.1; 0.10000000149011612",
                "float; 1e39; refused",
                "float; NaN; \"NaN\"",
                "double; 0.1; 0.1",
                "double; -Infinity; \"-Infinity\"",
                "double; Infinity; \"Infinity\"",
                "double; inf; refused",
                "double; 1e309; refused",
                "double; 1e-400; 0.0",
                "double; .5; 0.5",
                "double; 5.; 5.0",
                "double; +007.5; 7.5",
                "double; -.5e1; -5.0",
                "double; -0.0; 0.0",
                "float; -0; 0.0",
                "double; .; refused",
                "double; .e1; refused",
                "double; 1d; refused",
                "decimal(4,2); 12.345; \"12.35\"",
                "decimal(4,2); -12.345; \"-12.35\"",
                "decimal(4,2); 99.995; refused",
                "decimal(4,2); 100; refused",
                "decimal(4,2); 1e1; \"10.00\"",
                "decimal(38,0); 99999999999999999999999999999999999999; \"99999999999999999999999999999999999999\"",
                "decimal(38,0); 100000000000000000000000000000000000000; refused",
                "decimal(38,38); 0.12345678901234567890123456789012345678;"
                        + " \"0.12345678901234567890123456789012345678\"",
                "decimal(4,2); 1e-1001; refused",
                "decimal(4,2); +01.5; \"1.50\"",
                "decimal(4,2); .5; \"0.50\"",
                "varchar(3); abc; \"abc\"",
                "varchar(3); abcd; refused",
                "char(3); abcd; refused",
                "date; 2013-02-08; \"2013-02-08\"",
                "date; 2013-02-29; refused",
                "date; 2013-2-8; refused",
                "date; 2013-02-08T00:00; refused",
                "date; 0000-01-01; refused",
                "date; 9999-12-31; \"9999-12-31\"",
                "timestamp; 2013-02-08; \"2013-02-08 00:00:00.000000\"",
                "string; a\"b; \"a\\\"b\"",
                "string; a\\b; \"a\\\\b\"",
            })
    void textIsReadWithoutLoss(String type, String text, String expected) {
        assertThat(read(type, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"boolean", "int", "bigint", "float", "double", "'decimal(4,2)'", "date", "timestamp"})
    void emptyTextAndBlanksAreNoValue(String type) {
        assertThat(read(type, "")).isEqualTo("refused");
        assertThat(read(type, " ")).isEqualTo("refused");
        assertThat(read(type, " 1")).isEqualTo("refused");
    }

    private String read(String type, String text) {
        ValueType hive = ValueType.of(HiveTypeParser.parse(type));
        byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
        ScalarValue value = new ScalarValue();
        if (!scalars.read(hive, bytes, 1, bytes.length - 1, value)) {
            return "refused";
        }
        JsonText written = new JsonText();
        value.write(hive, written);
        return new String(written.bytes().bytes(), 0, written.bytes().size(), StandardCharsets.UTF_8);
    }

    /** A byte that is invalid in the source's charset becomes this byte. */
    @Test
    void byteThatIsNoCharacterSeparatesNoGroups() {
        Scalars commas =
                new Scalars(new Forms(new NumberForm(',', Optional.empty()), TimePatterns.STANDARD, ZoneOffset.UTC));
        byte[] text = {'1', (byte) 0xFF, '2', '3', '4'};

        assertThat(commas.read(ValueType.of(Scalar.INT), text, 0, text.length, new ScalarValue()))
                .isFalse();
    }
}
