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
 * Decides which texts a SerDe reads as values of a column's type. Query engines show NULL for others, or fail. Texts
 * that they would change are refused, too: 12.7 as the integer 12, 30 February as 2 March, a text truncated to its
 * column's length.
 *
 * <p>The rules are those of Trino's SerDes in {@code io.trino.hive.formats.line}; Athena is based on Trino.
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

    /** JSON lines with OpenX's SerDe, which reads quoted texts and other values alike. */
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

    /** The maximum bytes of a text that can be a number or a time; DecimalEncoding accepts fewer than 100. */
    static final int MAX = 99;

    /** The minimum length of a timestamp in Hive. */
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
     * A common text for all texts that are read as the same value, of which a map keeps only one: 1 and 0x1, true and
     * TRUE.
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

    /**
     * Whether the bytes may be a number, a time or a boolean: they are few, and for LazySimpleSerDe ASCII. Java's
     * numbers may have any Unicode digits, but that SerDe compares bytes.
     */
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

    /** Whether it has one of the forms of nearly all values, checked without creating objects. */
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

    /** The columns of a table. Columns of other types are treated as text, which is never refused. */
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
