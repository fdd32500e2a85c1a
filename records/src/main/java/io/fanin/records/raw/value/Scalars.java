package io.fanin.records.raw.value;

import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads single values from their texts without loss, and refuses texts that a column cannot hold. DuckDB's own casts
 * lose information: 12.5 becomes the integer 12, a decimal goes through a double, and a timestamp's offset is dropped.
 * Used by one thread.
 */
public final class Scalars {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOT_A_NUMBER = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);

    private final Forms forms;
    private final Timestamps timestamps;
    private final FormattedTimes dates;
    private final FormattedTimes moments;
    private final boolean standardNumbers;
    private final FormattedNumber formatted;
    private final NumberText number = new NumberText();

    public Scalars(Forms forms) {
        this.forms = forms;
        this.timestamps = new Timestamps(forms.zone());
        this.dates = new FormattedTimes(forms.times().dates(), forms.zone());
        this.moments = new FormattedTimes(forms.times().timestamps(), forms.zone());
        this.standardNumbers = forms.numbers().isStandard();
        this.formatted = new FormattedNumber(forms.numbers());
    }

    /** The required notation of a type's values, for a message. */
    public String form(ValueType type) {
        return forms.of(type);
    }

    /**
     * Reads a text without quotes or escapes; false if the type cannot hold it, in which case the value is unchanged.
     */
    public boolean read(ValueType type, byte[] bytes, int from, int to, ScalarValue value) {
        return switch (type.kind()) {
            case STRING -> value.text(bytes, from, to);
            case CHARACTERS -> ((Characters) type.hive()).holds(bytes, from, to) && value.text(bytes, from, to);
            case BOOLEAN -> bool(bytes, from, to, value);
            case WHOLE, DECIMAL -> readNumber(bytes, from, to) && number(type, value);
            case FLOAT, DOUBLE ->
                readNumber(bytes, from, to) ? number(type, value) : special(type, bytes, from, to, value);
            case DATE -> dates.isEmpty() ? timestamps.date(bytes, from, to, value) : dates.date(bytes, from, to, value);
            case TIMESTAMP ->
                moments.isEmpty() ? timestamps.read(bytes, from, to, value) : moments.timestamp(bytes, from, to, value);
            case LIST, MAP, STRUCT -> false;
        };
    }

    /**
     * Whether DuckDB reads this text in JSON as exactly this value of the type. The value was read, and is not a
     * number.
     */
    public boolean isExact(ValueType type, byte[] bytes, int from, int to) {
        return switch (type.kind()) {
            case STRING, CHARACTERS -> true;
            case DATE -> dates.isEmpty();
            case TIMESTAMP -> moments.isEmpty() && timestamps.isExact(bytes, from, to);
            default -> false;
        };
    }

    /**
     * Reads a number in JSON's notation: the source's form of numbers applies only to texts.
     *
     * @param type one that takes numbers
     */
    public boolean readJsonNumber(ValueType type, byte[] bytes, int from, int to, ScalarValue value) {
        return type.isNumber()
                ? number.read(bytes, from, to) && number(type, value)
                : read(type, bytes, from, to, value);
    }

    private boolean readNumber(byte[] bytes, int from, int to) {
        return standardNumbers
                ? number.read(bytes, from, to)
                : formatted.read(bytes, from, to) && number.read(formatted.bytes(), 0, formatted.length());
    }

    /** The number that is being read. */
    public NumberText number() {
        return number;
    }

    /** Takes the number that was read; false if the type cannot hold it. */
    private boolean number(ValueType type, ScalarValue value) {
        return switch (type.kind()) {
            case WHOLE -> number.toWhole(type, value);
            case FLOAT -> number.toFloat(value);
            case DOUBLE -> number.toDouble(value);
            case DECIMAL -> number.toDecimal((Decimal) type.hive(), value);
            default -> false;
        };
    }

    private static boolean bool(byte[] bytes, int from, int to, ScalarValue value) {
        boolean truth = isWord(TRUE, bytes, from, to);
        return (truth || isWord(FALSE, bytes, from, to)) && value.number(truth ? 1 : 0);
    }

    /** Whether the text is this word, in letters of any case. */
    private static boolean isWord(byte[] word, byte[] bytes, int from, int to) {
        boolean is = to - from == word.length;
        for (int i = 0; is && i < word.length; i++) {
            is = (bytes[from + i] | ' ') == word[i];
        }
        return is;
    }

    private static boolean special(ValueType type, byte[] bytes, int from, int to, ScalarValue value) {
        double number;
        if (is(NOT_A_NUMBER, bytes, from, to)) {
            number = Double.NaN;
        } else if (is(INFINITY, bytes, from, to)) {
            number = Double.POSITIVE_INFINITY;
        } else if (from < to && bytes[from] == '-' && is(INFINITY, bytes, from + 1, to)) {
            number = Double.NEGATIVE_INFINITY;
        } else {
            return false;
        }
        boolean single = type.kind() == ValueType.Kind.FLOAT;
        return value.number(single ? Float.floatToRawIntBits((float) number) : Double.doubleToRawLongBits(number));
    }

    private static boolean is(byte[] word, byte[] bytes, int from, int to) {
        return to - from == word.length && Arrays.equals(word, 0, word.length, bytes, from, to);
    }
}
