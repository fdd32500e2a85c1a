package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.RawCsv;
import io.fanin.model.text.LogSafe;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link CsvOptions} in a spec: omitted fields have their defaults. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsvSpec(
        Optional<String> delimiter,
        Optional<Boolean> quoted,
        Optional<Boolean> header,
        Optional<String> nullText,
        Optional<String> escape,
        Optional<String> charset,
        Optional<String> quote,
        Optional<String> comment,
        Optional<Integer> skipLines,
        Optional<Boolean> trim,
        Optional<List<String>> nullTexts,
        Optional<String> decimalSeparator,
        Optional<String> groupingSeparator) {

    /** The charsets that raw data may have. */
    public static final List<String> CHARSETS =
            List.of("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE");

    public CsvSpec {
        if (delimiter
                .filter(text -> text.length() != 1 || !CsvOptions.isDelimiter(text.charAt(0)))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "expected a delimiter of one ASCII character that is not a line end, quote or backslash, found '"
                            + LogSafe.of(delimiter.get()) + "'");
        }
        if (escape.filter(text -> text.length() != 1 || !CsvOptions.isEscape(text.charAt(0)))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "expected an escape character, such as a backslash, that is not a line end, a"
                            + " letter, a digit or a quote (which is doubled in quotes without any setting), found '"
                            + LogSafe.of(escape.get()) + "'");
        }
        if (charset.filter(name -> !CHARSETS.contains(name)).isPresent()) {
            throw new IllegalArgumentException("expected a charset of " + String.join(", ", CHARSETS) + ", found '"
                    + LogSafe.of(charset.get()) + "'");
        }
        nullTexts = nullTexts.map(List::copyOf);
        requireOne("quote", quote);
        requireOne("comment", comment);
        requireOne("decimalSeparator", decimalSeparator);
        requireOne("groupingSeparator", groupingSeparator);
        if (quote.isPresent() && quoted.filter(value -> !value).isPresent()) {
            throw new IllegalArgumentException("quote is only for quoted fields: leave quoted out, or set it to true");
        }
        options(
                delimiter,
                quoted.orElse(CsvOptions.DEFAULT.quoted()),
                header,
                nullText,
                escape,
                charset,
                raw(quote, comment, skipLines, trim, nullTexts, decimalSeparator, groupingSeparator));
    }

    private static void requireOne(String name, Optional<String> text) {
        if (text.filter(one -> one.length() != 1).isPresent()) {
            throw new IllegalArgumentException(
                    name + ": expected one character, found '" + LogSafe.of(text.get()) + "'");
        }
    }

    /** The names of the fields that are only for raw data, of those that are set. */
    public List<String> ofRawDataOnly() {
        return Stream.of(
                        field("quote", quote),
                        field("comment", comment),
                        field("skipLines", skipLines),
                        field("trim", trim),
                        field("nullTexts", nullTexts),
                        field("decimalSeparator", decimalSeparator),
                        field("groupingSeparator", groupingSeparator))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> field(String name, Optional<?> value) {
        return value.map(any -> name);
    }

    public static CsvSpec of(CsvOptions options) {
        return new CsvSpec(
                Optional.of(String.valueOf(options.delimiter())),
                Optional.of(options.quoted()),
                Optional.of(options.header()),
                options.nullText(),
                options.escape().map(String::valueOf),
                Optional.of(options.charset())
                        .filter(other -> !other.equals(StandardCharsets.UTF_8))
                        .map(Charset::name),
                set(options.raw().quote(), RawCsv.STANDARD.quote()).map(String::valueOf),
                options.raw().comment().map(String::valueOf),
                set(options.raw().skipLines(), RawCsv.STANDARD.skipLines()),
                set(options.raw().trim(), RawCsv.STANDARD.trim()),
                set(options.raw().nullTexts(), RawCsv.STANDARD.nullTexts()),
                set(options.raw().numbers().decimalSeparator(), NumberForm.STANDARD.decimalSeparator())
                        .map(String::valueOf),
                options.raw().numbers().groupingSeparator().map(String::valueOf));
    }

    /** The value, unless it is the default. */
    private static <T> Optional<T> set(T value, T standard) {
        return Optional.of(value).filter(one -> !one.equals(standard));
    }

    /** Whether a table's options agree with all values that the spec sets. */
    public boolean allows(CsvOptions options) {
        return delimiter.filter(text -> text.charAt(0) != options.delimiter()).isEmpty()
                && quoted.filter(value -> value != options.quoted()).isEmpty()
                && header.filter(value -> value != options.header()).isEmpty()
                && (nullText.isEmpty() || nullText.equals(options.readersNull()))
                && (escape.isEmpty() || escape.equals(options.readersEscape().map(String::valueOf)));
    }

    /** The options of a table. */
    public CsvOptions options() {
        return options(CsvOptions.DEFAULT);
    }

    /** The options of raw data. */
    public CsvOptions optionsOfRawData() {
        return options(CsvOptions.RAW);
    }

    private CsvOptions options(CsvOptions standard) {
        return options(
                delimiter,
                quoted.orElse(standard.quoted()),
                header,
                nullText,
                escape,
                charset,
                raw(quote, comment, skipLines, trim, nullTexts, decimalSeparator, groupingSeparator));
    }

    private static CsvOptions options(
            Optional<String> delimiter,
            boolean quoted,
            Optional<Boolean> header,
            Optional<String> nullText,
            Optional<String> escape,
            Optional<String> charset,
            RawCsv raw) {
        return new CsvOptions(
                delimiter.map(text -> text.charAt(0)).orElse(CsvOptions.DEFAULT.delimiter()),
                quoted,
                header.orElse(CsvOptions.DEFAULT.header()),
                nullText,
                escape.map(text -> text.charAt(0)),
                charset.map(Charset::forName).orElse(CsvOptions.DEFAULT.charset()),
                raw);
    }

    private static RawCsv raw(
            Optional<String> quote,
            Optional<String> comment,
            Optional<Integer> skipLines,
            Optional<Boolean> trim,
            Optional<List<String>> nullTexts,
            Optional<String> decimalSeparator,
            Optional<String> groupingSeparator) {
        return new RawCsv(
                quote.map(text -> text.charAt(0)).orElse(RawCsv.STANDARD.quote()),
                comment.map(text -> text.charAt(0)),
                skipLines.orElse(RawCsv.STANDARD.skipLines()),
                trim.orElse(RawCsv.STANDARD.trim()),
                nullTexts.orElse(RawCsv.STANDARD.nullTexts()),
                new NumberForm(
                        decimalSeparator.map(text -> text.charAt(0)).orElse(NumberForm.STANDARD.decimalSeparator()),
                        groupingSeparator.map(text -> text.charAt(0))));
    }
}
