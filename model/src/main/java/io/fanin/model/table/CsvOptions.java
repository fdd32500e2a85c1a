package io.fanin.model.table;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The format of a table's CSV.
 *
 * @param delimiter one character between fields
 * @param quoted whether fields may stand in double quotes; such a table is read by OpenCSVSerde, whose columns are all
 *     {@code string}
 * @param header whether each object begins with a line of names
 * @param nullText the text for null in a field that is not in quotes; by default {@code \N}, and in raw data that is
 *     converted also an empty field
 * @param escape the character that removes the special meaning of the next one. By default there is none, and a quote
 *     in quotes is doubled (RFC 4180); but OpenCSVSerde, which reads quoted tables, has a backslash
 * @param charset of raw data; tables are in UTF-8
 * @param raw what only raw data may have
 */
public record CsvOptions(
        char delimiter,
        boolean quoted,
        boolean header,
        Optional<String> nullText,
        Optional<Character> escape,
        Charset charset,
        RawCsv raw) {

    /** LazySimpleSerDe's default text for null. */
    public static final String HIVE_NULL = "\\N";

    /** OpenCSVSerde's default escape character. */
    public static final char OPEN_CSV_ESCAPE = '\\';

    /** The options of a table whose spec and definition state none. */
    public static final CsvOptions DEFAULT = new CsvOptions(',', false, true);

    /** The options of raw data whose spec states none: RFC 4180. */
    public static final CsvOptions RAW = new CsvOptions(',', true, true);

    private static final int MAX_NULL_TEXT = 100;

    public CsvOptions {
        if (!isDelimiter(delimiter)) {
            throw new IllegalArgumentException(
                    "expected a delimiter of one ASCII character that is not a line end, quote or backslash");
        }
        if (nullText.filter(text -> !isNullText(text) || text.indexOf(delimiter) >= 0)
                .isPresent()) {
            throw new IllegalArgumentException("expected a null text of at most " + MAX_NULL_TEXT
                    + " characters without quotes, line ends and the delimiter");
        }
        if (escape.filter(c -> !isEscape(c) || c == delimiter).isPresent()) {
            throw new IllegalArgumentException(
                    "expected an escape character of ASCII that is not a line end, a quote, a"
                            + " letter, a digit or the delimiter");
        }
        if (delimiter == raw.quote() || escape.filter(c -> c == raw.quote()).isPresent()) {
            throw new IllegalArgumentException(
                    "expected a quote that is neither the delimiter nor the escape character");
        }
        if (raw.comment().filter(c -> c == delimiter).isPresent()) {
            throw new IllegalArgumentException("expected a character of comments that is not the delimiter");
        }
        if (raw.nullTexts().stream().anyMatch(text -> !isNullText(text) || text.indexOf(delimiter) >= 0)) {
            throw new IllegalArgumentException("expected null texts of at most " + MAX_NULL_TEXT
                    + " characters without quotes, line ends and the delimiter");
        }
    }

    /** Options with the default text for null, without an escape character, in UTF-8. */
    public CsvOptions(char delimiter, boolean quoted, boolean header) {
        this(delimiter, quoted, header, Optional.empty(), Optional.empty(), StandardCharsets.UTF_8, RawCsv.STANDARD);
    }

    /** The same options with this text for null. */
    public CsvOptions nullAs(String text) {
        return new CsvOptions(delimiter, quoted, header, Optional.of(text), escape, charset, raw);
    }

    /** The same options with an escape character. */
    public CsvOptions escapedBy(char c) {
        return new CsvOptions(delimiter, quoted, header, nullText, Optional.of(c), charset, raw);
    }

    /** The same options with what only raw data may have. */
    public CsvOptions with(RawCsv other) {
        return new CsvOptions(delimiter, quoted, header, nullText, escape, charset, other);
    }

    /**
     * Whether readers can distinguish such a character from the rest of a line: ASCII, no line end, no quote, no
     * escape.
     */
    public static boolean isDelimiter(char c) {
        return c != 0 && c <= 0x7F && "\n\r\"\\".indexOf(c) < 0;
    }

    /** Whether an ASCII character can be the escape character: a valid delimiter that does not occur in numbers. */
    public static boolean isEscape(char c) {
        return c != 0 && c <= 0x7F && "\n\r\"".indexOf(c) < 0 && !Character.isLetterOrDigit(c);
    }

    private static boolean isNullText(String text) {
        return text.length() <= MAX_NULL_TEXT && text.chars().noneMatch(c -> c == 0 || "\n\r\"".indexOf(c) >= 0);
    }

    /** Whether readers of a table with these options find the same in its objects as with the other ones. */
    public boolean readsAs(CsvOptions other) {
        return delimiter == other.delimiter
                && quoted == other.quoted
                && header == other.header
                && readersNull().equals(other.readersNull())
                && readersEscape().equals(other.readersEscape());
    }

    /** The text that the table's readers read as null; empty for quoted tables, since OpenCSVSerde has no null. */
    public Optional<String> readersNull() {
        return quoted ? Optional.empty() : Optional.of(nullText.orElse(HIVE_NULL));
    }

    /** The escape character of the table's readers: by default a backslash in quoted tables. */
    public Optional<Character> readersEscape() {
        return quoted && escape.isEmpty() ? Optional.of(OPEN_CSV_ESCAPE) : escape;
    }
}
