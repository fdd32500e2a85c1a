package io.fanin.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.text.LogSafe;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@link CsvOptions} in a spec: omitted fields have their defaults. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsvSpec(
        Optional<String> delimiter,
        Optional<Boolean> quoted,
        Optional<Boolean> header,
        Optional<String> nullText,
        Optional<String> escape,
        Optional<String> charset) {

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
        options(delimiter, quoted, header, nullText, escape, charset);
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
                        .map(Charset::name));
    }

    /** Whether a table's options agree with all values that the spec sets. */
    public boolean allows(CsvOptions options) {
        return delimiter.filter(text -> text.charAt(0) != options.delimiter()).isEmpty()
                && quoted.filter(value -> value != options.quoted()).isEmpty()
                && header.filter(value -> value != options.header()).isEmpty()
                && (nullText.isEmpty() || nullText.equals(options.readersNull()))
                && (escape.isEmpty() || escape.equals(options.readersEscape().map(String::valueOf)));
    }

    public CsvOptions options() {
        return options(delimiter, quoted, header, nullText, escape, charset);
    }

    private static CsvOptions options(
            Optional<String> delimiter,
            Optional<Boolean> quoted,
            Optional<Boolean> header,
            Optional<String> nullText,
            Optional<String> escape,
            Optional<String> charset) {
        return new CsvOptions(
                delimiter.map(text -> text.charAt(0)).orElse(CsvOptions.DEFAULT.delimiter()),
                quoted.orElse(CsvOptions.DEFAULT.quoted()),
                header.orElse(CsvOptions.DEFAULT.header()),
                nullText,
                escape.map(text -> text.charAt(0)),
                charset.map(Charset::forName).orElse(CsvOptions.DEFAULT.charset()));
    }
}
