package io.fanin.records.serde;

import io.fanin.model.table.Column;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.model.type.HiveTypeParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Which texts a SerDe reads as values of a column's type. Query engines show NULL for others, or fail. Texts that they
 * read as another value are not taken either: 12.7 as the integer 12, 30 February as 2 March, a text cut to its
 * column's length.
 *
 * <p>The rules are those of the SerDes as Trino has them in {@code io.trino.hive.formats.line}, which Athena is built
 * on.
 */
public enum SerDe {
    /** CSV without quotes. */
    LAZY_SIMPLE {
        @Override
        boolean isWhole(String text, long least, long most) {
            return Numbers.isPlainWhole(text, least, most);
        }

        @Override
        boolean isDate(String text) {
            return Times.isDate(text);
        }

        @Override
        boolean isTimestamp(String text) {
            return text.length() >= MIN_TIMESTAMP && Times.isLocal(text.strip());
        }
    },

    /** JSON lines, with OpenX's SerDe; texts in quotes and values without are read alike. */
    OPENX_JSON {
        @Override
        boolean isWhole(String text, long least, long most) {
            return Numbers.isWholeInAnyBase(text, least, most);
        }

        @Override
        boolean isDate(String text) {
            return Times.isDate(text) || Numbers.isDigitsInAnyBase(text, Times.FIRST_DAY, Times.LAST_DAY);
        }

        @Override
        boolean isTimestamp(String text) {
            return text.indexOf(':') > 0
                    ? Times.isLocal(text.strip()) || Times.isWithOffset(text)
                    : Times.isSinceEpoch(text);
        }
    };

    /** Bytes of the longest text that can be a number or a time; DecimalEncoding takes fewer than 100. */
    static final int MAX = 99;

    /** Hive takes nothing shorter for a timestamp. */
    private static final int MIN_TIMESTAMP = 8;

    abstract boolean isWhole(String text, long least, long most);

    abstract boolean isDate(String text);

    abstract boolean isTimestamp(String text);

    /**
     * Whether a text, which is not null, is read as a value of this type.
     *
     * @param bytes UTF-8, its escapes resolved
     */
    public boolean reads(Single type, byte[] bytes, int from, int to) {
        return switch (type) {
            case Characters text -> text.holds(bytes, from, to);
            case Scalar scalar ->
                scalar == Scalar.STRING
                        || isPlain(scalar, bytes, from, to)
                        || (mayBeRead(bytes, from, to) && is(scalar, text(bytes, from, to)));
            case Decimal decimal ->
                Numbers.isPlainDecimal(decimal, bytes, from, to)
                        || (mayBeRead(bytes, from, to) && Numbers.isDecimal(decimal, text(bytes, from, to)));
        };
    }

    /**
     * The same for all texts that are read as one value, of which a map keeps one: of 1 and 0x1, of true and TRUE.
     *
     * @param text that is read as a value of this type
     */
    public static String sameForOneValue(Single type, String text) {
        return switch (type) {
            case Characters characters -> characters.padded() ? text.stripTrailing() : text;
            case Decimal decimal -> Numbers.scaled(decimal, text);
            case Scalar scalar ->
                switch (scalar) {
                    case BOOLEAN -> text.toLowerCase(Locale.ROOT);
                    case TINYINT, SMALLINT, INT, BIGINT -> Numbers.whole(text);
                    case FLOAT -> Float.toString(Float.parseFloat(text));
                    case DOUBLE -> Double.toString(Double.parseDouble(text));
                    case STRING, DATE, TIMESTAMP -> text;
                };
        };
    }

    /** Java's numbers may have any digits of Unicode, but LazySimpleSerDe goes by bytes. */
    private boolean mayBeRead(byte[] bytes, int from, int to) {
        if (this == LAZY_SIMPLE) {
            for (int i = from; i < to; i++) {
                if (bytes[i] < 0) {
                    return false;
                }
            }
        }
        return to - from <= MAX;
    }

    /** The forms that nearly all values have, without an object for each. */
    private static boolean isPlain(Scalar type, byte[] bytes, int from, int to) {
        return switch (type) {
            case TINYINT -> Numbers.isPlainDigits(bytes, from, to, 2);
            case SMALLINT -> Numbers.isPlainDigits(bytes, from, to, 4);
            case INT -> Numbers.isPlainDigits(bytes, from, to, 9);
            case BIGINT -> Numbers.isPlainDigits(bytes, from, to, 18);
            case FLOAT, DOUBLE -> Numbers.isPlainFraction(bytes, from, to);
            case DATE -> Times.isPlainDate(bytes, from, to);
            case TIMESTAMP -> Times.isPlainTimestamp(bytes, from, to);
            default -> false;
        };
    }

    private boolean is(Scalar type, String text) {
        return switch (type) {
            case STRING -> true;
            case BOOLEAN -> isTruth(text);
            case TINYINT -> isWhole(text, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> isWhole(text, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> isWhole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> isWhole(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> Numbers.isFloat(text);
            case DOUBLE -> Numbers.isDouble(text);
            case DATE -> isDate(text);
            case TIMESTAMP -> isTimestamp(text);
        };
    }

    /** The columns of a table; those of other types are columns of texts here, of which nothing is refused. */
    public static List<Field> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> new Field(
                        column.name(), HiveTypeParser.find(column.type()).orElse(Scalar.STRING)))
                .toList();
    }

    private static boolean isTruth(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals("true") || lower.equals("false");
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
