package io.fanin.model.partition;

import io.fanin.model.text.LogSafe;
import io.fanin.model.text.SingleLine;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Converts between the text of a key in a prefix and its value in Glue.
 *
 * <p>The two are the same, except for a date or timestamp key with a format: engines read such a value only in ISO's
 * form ({@code 2013-02-08}, {@code 2013-02-08 17:00:00}), so this form is written to Glue. A value that its type cannot
 * hold is refused, because one registered partition with such a value makes every query of the table fail.
 */
public final class KeyCodec {

    /** The maximum length of a partition value in Glue, which has at least 1 character. */
    public static final int MAX_VALUE_LENGTH = 1024;

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,20}");
    private static final TimePattern DATE = TimePattern.iso("yyyy-MM-dd");
    private static final TimePattern TIMESTAMP = TimePattern.iso("yyyy-MM-dd HH:mm:ss");
    private static final Pattern FRACTION_ZEROS = Pattern.compile("(?<=:[0-9]{2})(?:\\.0+|(\\.[0-9]*[1-9])0+)$");
    private static final Pattern FRACTION = Pattern.compile("\\.[0-9]{1,9}$");

    /** The result of decoding text. */
    public sealed interface Decoded {
        record Value(String value) implements Decoded {}

        /** The text is not a value of the key; {@code why} states the expected form, for a person to read. */
        record Refused(String why) implements Decoded {}
    }

    /** How the values of a key are written in prefixes. */
    sealed interface Format permits TimePattern, UnitFormat, AsItsType {}

    /** A value is written as its type is: the key has no format. */
    private record AsItsType() implements Format {}

    private final PartitionKey key;
    private final Format format;

    public KeyCodec(PartitionKey key) {
        this.key = key;
        this.format =
                key.unitFormat().<Format>map(unit -> unit).or(key::momentFormat).orElseGet(AsItsType::new);
    }

    /** The format of times in the prefix; empty for keys that are not complete times. */
    public Optional<TimePattern> pattern() {
        if (format instanceof TimePattern own) {
            return Optional.of(own);
        }
        return switch (key.type()) {
            case DATE -> Optional.of(DATE);
            case TIMESTAMP -> Optional.of(TIMESTAMP);
            case STRING, TINYINT, SMALLINT, INT, BIGINT -> Optional.empty();
        };
    }

    /** The format of one unit of time; empty if the key has none. */
    Optional<UnitFormat> unitFormat() {
        return format instanceof UnitFormat unit ? Optional.of(unit) : Optional.empty();
    }

    public Decoded decode(String text) {
        if (text.isEmpty()) {
            return new Decoded.Refused("key " + key.name() + " has an empty value (Hive writes "
                    + PartitionValues.HIVE_DEFAULT + " for null)");
        }
        if (text.length() > MAX_VALUE_LENGTH) {
            return new Decoded.Refused("key " + key.name() + " has a value of " + text.length()
                    + " characters, Glue takes at most " + MAX_VALUE_LENGTH);
        }
        if (!SingleLine.isOne(text)) {
            return new Decoded.Refused(
                    "key " + key.name() + " has a value with a character that neither Glue nor SQL can"
                            + " hold, such as NUL or a line end: '" + LogSafe.of(text) + "'");
        }
        if (text.equals(PartitionValues.HIVE_DEFAULT)) {
            return new Decoded.Value(text);
        }
        return switch (key.type()) {
            case STRING -> isText(text) ? new Decoded.Value(text) : refused(text);
            case TINYINT, SMALLINT, INT, BIGINT -> isInteger(text) ? new Decoded.Value(text) : refused(text);
            case DATE -> decodeMoment(text, DATE);
            case TIMESTAMP -> decodeMoment(text, TIMESTAMP);
        };
    }

    /**
     * The text for the value in a prefix.
     *
     * @throws IllegalArgumentException if the key's type cannot hold the value
     */
    public String encode(String value) {
        if (!(format instanceof TimePattern pattern)
                || key.type() == KeyType.STRING
                || value.equals(PartitionValues.HIVE_DEFAULT)) {
            return value;
        }
        TimePattern canonical = key.type() == KeyType.DATE ? DATE : TIMESTAMP;
        LocalDateTime moment = canonical
                .read(canonical(value))
                .orElseThrow(() -> new IllegalArgumentException("'" + value + "' is not a value of key " + key.name()));
        return pattern.write(moment);
    }

    /**
     * The canonical form of a value, the same for all spellings of it: {@code 7} for an integer's {@code 07}, a
     * timestamp without the zeros that end its fraction. Values that are not valid for the key stay as they are.
     */
    String canonical(String value) {
        if (key.type().integerBits().isPresent()) {
            return INTEGER.matcher(value).matches() ? new BigInteger(value).toString() : value;
        }
        return key.type() == KeyType.TIMESTAMP ? FRACTION_ZEROS.matcher(value).replaceFirst("$1") : value;
    }

    /**
     * The reason why a value is not valid for the key.
     *
     * @param value as Glue holds it
     * @return the expected form, for a person to read; empty if it is valid
     */
    public Optional<String> whyNot(String value) {
        boolean isWrittenOtherwise = key.type() == KeyType.DATE || key.type() == KeyType.TIMESTAMP;
        KeyCodec codec = isWrittenOtherwise ? new KeyCodec(new PartitionKey(key.name(), key.type())) : this;
        return codec.decode(value) instanceof Decoded.Refused(String why) ? Optional.of(why) : Optional.empty();
    }

    /** The time that a value of this key alone determines; empty for keys that are not complete times. */
    Optional<LocalDateTime> momentOf(String value) {
        return switch (key.type()) {
            case STRING -> moment(value);
            case DATE -> DATE.read(value);
            case TIMESTAMP -> TIMESTAMP.read(FRACTION.matcher(value).replaceFirst(""));
            case TINYINT, SMALLINT, INT, BIGINT -> Optional.empty();
        };
    }

    /** The value, as Glue holds it, for this time; empty for keys that are not complete times. */
    Optional<String> valueAt(LocalDateTime moment) {
        return switch (key.type()) {
            case STRING -> format instanceof TimePattern own ? Optional.of(own.write(moment)) : Optional.empty();
            case DATE -> Optional.of(DATE.write(moment));
            case TIMESTAMP -> Optional.of(TIMESTAMP.write(moment));
            case TINYINT, SMALLINT, INT, BIGINT -> Optional.empty();
        };
    }

    private Decoded decodeMoment(String text, TimePattern canonical) {
        if (format instanceof TimePattern) {
            return moment(text)
                    .<Decoded>map(moment -> new Decoded.Value(canonical.write(moment)))
                    .orElseGet(() -> refused(text));
        }
        return momentOf(text).isPresent() ? new Decoded.Value(text) : refused(text);
    }

    private Optional<LocalDateTime> moment(String text) {
        return format instanceof TimePattern own ? own.read(text) : Optional.empty();
    }

    private boolean isText(String text) {
        return switch (format) {
            case UnitFormat unit -> unit.reads(text);
            case TimePattern own -> own.read(text).isPresent();
            case AsItsType any -> true;
        };
    }

    private boolean isInteger(String text) {
        return INTEGER.matcher(text).matches()
                && KeyType.fits(text, key.type().integerBits().orElseThrow());
    }

    private Decoded refused(String text) {
        String expected = key.format().map(f -> "in the format " + f).orElseGet(() -> switch (key.type()) {
            case DATE -> "such as 2013-02-08";
            case TIMESTAMP -> "such as 2013-02-08 17:00:00";
            case STRING, TINYINT, SMALLINT, INT, BIGINT ->
                "of type " + key.type().hiveName();
        });
        return new Decoded.Refused("'" + text + "' is not a value of key " + key.name() + ", expected one " + expected);
    }
}
