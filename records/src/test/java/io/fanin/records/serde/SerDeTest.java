package io.fanin.records.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveTypeParser;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TrinoValuesIT compares the same rules with Trino. */
class SerDeTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "boolean | true | yes | yes",
                "boolean | FALSE | yes | yes",
                "boolean | t | no | no",
                "boolean | 1 | no | no",
                "tinyint | -128 | yes | yes",
                "tinyint | 128 | no | no",
                "smallint | 32767 | yes | yes",
                "smallint | 32768 | no | no",
                "int | +7 | yes | yes",
                "int | 2147483647 | yes | yes",
                "int | 2147483648 | no | no",
                "int | 007 | yes | yes",
                "int | 010 | yes | no",
                "int | 08 | yes | yes",
                "int | 0x1F | no | yes",
                "int | 12.0 | yes | yes",
                "int | 12.7 | no | no",
                "int | 1e3 | no | yes",
                "int | . | no | no",
                "int | - | no | no",
                "int | ` 7` | no | no",
                "int | 1_000 | no | no",
                "int | \u0667 | no | yes",
                "bigint | -9223372036854775808 | yes | yes",
                "bigint | 9223372036854775808 | no | no",
                "float | 1e39 | no | no",
                "float | 1e38 | yes | yes",
                "double | 1e39 | yes | yes",
                "double | 1e400 | no | no",
                "double | -Infinity | yes | yes",
                "double | NaN | yes | yes",
                "double | nan | no | no",
                "double | 1,5 | no | no",
                "double | ` 7 ` | yes | yes",
                "decimal(5,2) | 999.99 | yes | yes",
                "decimal(5,2) | -999.994 | yes | yes",
                "decimal(5,2) | 999.995 | no | no",
                "decimal(5,2) | 99.999 | yes | yes",
                "decimal(5,2) | 1000 | no | no",
                "decimal(5,2) | 0001.5 | yes | yes",
                "decimal(5,2) | 12,50 | no | no",
                "decimal(5,2) | 1e2 | yes | yes",
                "decimal(5,2) | 1e999999999 | no | no",
                "decimal(3,3) | 0.5 | yes | yes",
                "decimal(3,3) | 1.5 | no | no",
                "date | 2013-02-08 | yes | yes",
                "date | 2013-2-8 | yes | yes",
                "date | 2012-02-29 | yes | yes",
                "date | 2013-02-29 | no | no",
                "date | 0000-01-01 | no | no",
                "date | 08.02.2013 | no | no",
                "date | 2013-02-08 10:00:00 | yes | yes",
                "date | 2013-02-08T10:00:00 | no | no",
                "date | 15744 | no | yes",
                "date | 08 | no | no",
                "date | 1e3 | no | no",
                "date | 1360317600 | no | no",
                "timestamp | 2013-02-08 10:00:00 | yes | yes",
                "timestamp | 2013-02-08 10:00:00.123456789 | yes | yes",
                "timestamp | 2013-02-08 10:00:00.1234567890 | no | no",
                "timestamp | 2013-02-08 10:00 | no | no",
                "timestamp | 2013-02-08T10:00 | yes | yes",
                "timestamp | 2013-02-08T10:00:00.5 | yes | yes",
                "timestamp | 2013-02-08T10:00:00Z | no | yes",
                "timestamp | 2013-02-08T10:00:00+01:00 | no | yes",
                "timestamp | 2013-02-08T10:00:00+0100 | no | yes",
                "timestamp | 2013-02-08 10:00:00Z | no | no",
                "timestamp | 2013-02-30T10:00:00Z | no | no",
                "timestamp | 2013-02-29T10:00:00+0100 | no | no",
                "timestamp | 2012-02-29T10:00:00+0100 | no | yes",
                "timestamp | 2013-02-08T24:00:00Z | no | no",
                "timestamp | 0001-01-01T00:00:00+01:00 | no | no",
                "timestamp | 9999-12-31T23:59:59-01:00 | no | no",
                "timestamp | 9999-12-31T23:59:59+01:00 | no | yes",
                "timestamp | 2013-02-08 24:00:00 | no | no",
                "timestamp | 2013-02-30 10:00:00 | no | no",
                "timestamp | 2013-02-08 | no | no",
                "timestamp | 1360317600 | no | yes",
                "timestamp | 1360317600.25 | no | yes",
                "timestamp | 1360317600000 | no | yes",
                "timestamp | 9999999999999999 | no | no",
                "varchar(3) | abc | yes | yes",
                "varchar(3) | abcd | no | no",
                "char(3) | `abc   ` | yes | yes",
                "string | anything | yes | yes"
            })
    void values(String type, String text, String lazySimple, String openx) {
        assertThat(reads(SerDe.LAZY_SIMPLE, type, text)).as("LazySimpleSerDe").isEqualTo(lazySimple.equals("yes"));
        assertThat(reads(SerDe.OPENX_JSON, type, text)).as("OpenX").isEqualTo(openx.equals("yes"));
    }

    @Test
    void anEmptyTextIsNoNumberAndNoTime() {
        for (String type : new String[] {"boolean", "int", "double", "decimal(5,2)", "date", "timestamp"}) {
            assertThat(reads(SerDe.OPENX_JSON, type, "")).as(type).isFalse();
        }
    }

    /** The forms that are checked byte by byte are a subset of the rules. */
    @Test
    void aPlainFormIsReadLikeTheSameTextWithAPlus() {
        Random random = new Random(20130208);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(24);
            while (text.length() < length) {
                text.append("0123456789999.".charAt(random.nextInt(14)));
            }
            for (String type :
                    new String[] {"tinyint", "smallint", "int", "bigint", "float", "double", "decimal(7,3)"}) {
                assertThat(reads(SerDe.LAZY_SIMPLE, type, text.toString()))
                        .as("%s: %s", type, text)
                        .isEqualTo(reads(SerDe.LAZY_SIMPLE, type, "+" + text));
            }
        }
    }

    private static boolean reads(SerDe serde, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return serde.reads((Single) HiveTypeParser.parse(type), bytes, 0, bytes.length);
    }
}
