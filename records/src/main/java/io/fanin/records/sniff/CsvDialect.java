package io.fanin.records.sniff;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.text.Counted;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The dialect of a CSV file as DuckDB's sniffer finds it.
 *
 * @param quote in which fields of the file stand; empty if none does
 * @param escape that the file has in quotes; empty if quotes are doubled there
 * @param skipped the lines before the header or the first record
 */
public record CsvDialect(
        String delimiter, boolean header, Optional<Character> quote, Optional<Character> escape, int skipped) {

    private static final char STANDARD_QUOTE = '"';
    private static final String NONE = "\0";

    /**
     * Finds the dialect.
     *
     * @param file with these lines, in the database's folder
     */
    static CsvDialect of(DuckDb database, Path file, String lines) {
        return database.query(
                        "SELECT Delimiter, HasHeader, Quote, Escape, CAST(SkipRows AS VARCHAR) FROM sniff_csv("
                                + Sql.path(file) + ", sample_size = -1)",
                        FileSniffer.LIMIT,
                        row -> of(row, lines))
                .getFirst();
    }

    private static CsvDialect of(DuckDbRow row, String lines) {
        Optional<Character> quote = character(row, 3).filter(c -> lines.indexOf(c) >= 0);
        return new CsvDialect(
                row.text(1).orElse(","),
                row.holds(2),
                quote,
                character(row, 4).filter(c -> quote.isPresent() && !quote.get().equals(c) && lines.indexOf(c) >= 0),
                row.text(5).map(Integer::valueOf).orElse(0));
    }

    private static Optional<Character> character(DuckDbRow row, int column) {
        return row.text(column)
                .filter(text -> text.length() == 1 && !text.equals(NONE))
                .map(text -> text.charAt(0));
    }

    /** The reason why no spec is proposed for the file, for people. */
    Optional<String> unread() {
        if (delimiter.length() != 1 || !CsvOptions.isDelimiter(delimiter.charAt(0))) {
            return Optional.of("its fields are separated by more than one character");
        }
        if (skipped > 0) {
            return Optional.of("it has " + Counted.of(skipped, "line")
                    + " before its header or first record: write its spec by hand, with the processor convert and"
                    + " source.csv.skipLines");
        }
        return quote.filter(c -> c != STANDARD_QUOTE)
                .map(c -> "its fields stand in " + c
                        + ": write its spec by hand, with the processor convert and source.csv.quote");
    }

    /** The dialect of a file for which there is no reason not to read it. */
    CsvOptions options() {
        CsvOptions plain = new CsvOptions(delimiter.charAt(0), quote.isPresent(), header);
        return escape.filter(CsvOptions::isEscape).map(plain::escapedBy).orElse(plain);
    }

    /**
     * DuckDB's table of a file, which is not sniffed again.
     *
     * @param header whether the first line has the names
     * @param asTexts whether all columns are texts
     */
    public static String read(Path file, CsvOptions options, boolean header, boolean asTexts) {
        String quote = options.quoted() ? String.valueOf(STANDARD_QUOTE) : "";
        String escape = options.escape().map(String::valueOf).orElse(quote);
        return "read_csv(" + Sql.path(file) + ", sample_size = -1, skip = 0, all_varchar = " + asTexts + ", delim = "
                + Sql.literal(String.valueOf(options.delimiter())) + ", header = " + header + ", quote = "
                + Sql.literal(quote) + ", escape = " + Sql.literal(escape) + ")";
    }
}
