package io.fanin.model.table;

import java.util.List;
import java.util.Optional;

/**
 * Properties of raw CSV that the CSV of a table does not have.
 *
 * @param quote the character in which fields may stand
 * @param comment the first character of lines that are passed over
 * @param skipLines lines before the header, or before the first record
 * @param trim whether blanks and tabs around fields are no part of them
 * @param nullTexts further texts for null in fields that are not in quotes
 */
public record RawCsv(
        char quote,
        Optional<Character> comment,
        int skipLines,
        boolean trim,
        List<String> nullTexts,
        NumberForm numbers) {

    public static final RawCsv STANDARD = new RawCsv('"', Optional.empty(), 0, false, List.of(), NumberForm.STANDARD);

    private static final int MAX_LINES = 1_000;
    private static final int MAX_TEXTS = 20;

    public RawCsv {
        nullTexts = List.copyOf(nullTexts);
        if (quote != '"' && !CsvOptions.isEscape(quote)) {
            throw new IllegalArgumentException(
                    "expected a quote of one ASCII character that is no letter, digit or line end, found '" + quote
                            + "'");
        }
        if (comment.filter(c -> !CsvOptions.isEscape(c) || c == quote).isPresent()) {
            throw new IllegalArgumentException(
                    "expected a character of comments of ASCII that is no letter, digit, line end"
                            + " or quote, found '" + comment.get() + "'");
        }
        if (skipLines < 0 || skipLines > MAX_LINES) {
            throw new IllegalArgumentException("expected 0 to " + MAX_LINES + " lines to skip, found " + skipLines);
        }
        if (nullTexts.size() > MAX_TEXTS) {
            throw new IllegalArgumentException("expected at most " + MAX_TEXTS + " null texts");
        }
    }

    /** The same with numbers of another form. */
    public RawCsv with(NumberForm other) {
        return new RawCsv(quote, comment, skipLines, trim, nullTexts, other);
    }
}
