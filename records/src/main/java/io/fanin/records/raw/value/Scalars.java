package io.fanin.records.raw.value;

import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads single values of their texts without loss: what a column cannot hold is not read at all. DuckDB's own casts
 * lose: 12.5 becomes the integer 12, a decimal goes through a double, and a timestamp's offset is dropped. Used by one
 * thread.
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

    /** How a type's values have to be written, for a message. */
    public String form(ValueType type) {
        return forms.of(type);
    }

    /**
     * Reads a text, which is not quoted or escaped; false when the type cannot hold it, and the value is left as it
     * was.
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
     * Whether DuckDB reads the text in JSON, of a value that is no number and was read, as the type's value that it is.
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
     * Reads a number as JSON writes it: the form of numbers is that of texts.
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

    /** The number that is read next. */
    public NumberText number() {
        return number;
    }

    /** Takes the number that was read; false when the type cannot hold it. */
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
