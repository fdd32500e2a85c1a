package io.fanin.core.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.text.LogSafe;
import java.util.Optional;

/** A spec's form of {@link CsvOptions}: omitted fields have their defaults. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CsvSpec(
        Optional<String> delimiter, Optional<Boolean> quoted, Optional<Boolean> header, Optional<String> nullText) {

    public CsvSpec {
        if (delimiter
                .filter(text -> text.length() != 1 || !CsvOptions.isDelimiter(text.charAt(0)))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "expected a delimiter of one ASCII character that is not a line end, quote or backslash, found '"
                            + LogSafe.of(delimiter.get()) + "'");
        }
        options(delimiter, quoted, header, nullText);
    }

    public static CsvSpec of(CsvOptions options) {
        return new CsvSpec(
                Optional.of(String.valueOf(options.delimiter())),
                Optional.of(options.quoted()),
                Optional.of(options.header()),
                options.nullText());
    }

    /** Whether these options have all values that the spec sets. */
    public boolean allows(CsvOptions options) {
        return delimiter.filter(text -> text.charAt(0) != options.delimiter()).isEmpty()
                && quoted.filter(value -> value != options.quoted()).isEmpty()
                && header.filter(value -> value != options.header()).isEmpty()
                && (nullText.isEmpty() || nullText.equals(options.readersNull()));
    }

    public CsvOptions options() {
        return options(delimiter, quoted, header, nullText);
    }

    private static CsvOptions options(
            Optional<String> delimiter, Optional<Boolean> quoted, Optional<Boolean> header, Optional<String> nullText) {
        return new CsvOptions(
                delimiter.map(text -> text.charAt(0)).orElse(CsvOptions.DEFAULT.delimiter()),
                quoted.orElse(CsvOptions.DEFAULT.quoted()),
                header.orElse(CsvOptions.DEFAULT.header()),
                nullText);
    }
}
