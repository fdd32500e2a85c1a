package io.fanin.records.raw;

import io.fanin.model.type.FieldNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Guesses the delimiter of a CSV line that was read with another one, for messages. */
final class Delimiters {

    private static final List<Character> USUAL = List.of(',', ';', '\t', '|');

    private static final Pattern AROUND_NAME = Pattern.compile("^[\\s\"']+|[\\s\"']+$");

    private Delimiters() {}

    /** The delimiter in a message. */
    static String shown(char delimiter) {
        return delimiter == '\t' ? "'\\t'" : "'" + delimiter + "'";
    }

    /**
     * The delimiter with which the header names the most columns; absent unless these are more than with the used one.
     */
    static Optional<String> ofHeader(String line, char used, FieldNames columns) {
        ToLongFunction<Stream<String>> named = fields -> fields.map(
                        name -> columns.find(AROUND_NAME.matcher(name).replaceAll("")))
                .filter(column -> column != FieldNames.UNKNOWN)
                .distinct()
                .count();
        return best(line, used, named)
                .map(other -> "it was read with the delimiter " + shown(used) + ", and with " + shown(other)
                        + " it names " + named.applyAsLong(fields(line, other))
                        + " of the table's columns: set source.csv.delimiter");
    }

    /** The delimiter with which the record has this number of fields; empty if there is none. */
    static Optional<String> ofRecord(String line, char used, int expected) {
        return best(line, used, fields -> fields.count() == expected ? 1 : 0)
                .map(other -> "with " + shown(other) + " it has " + expected);
    }

    private static Optional<Character> best(String line, char used, ToLongFunction<Stream<String>> fit) {
        long least = fit.applyAsLong(fields(line, used));
        return USUAL.stream()
                .max(Comparator.comparingLong(delimiter -> fit.applyAsLong(fields(line, delimiter))))
                .filter(delimiter -> fit.applyAsLong(fields(line, delimiter)) > least);
    }

    private static Stream<String> fields(String line, char delimiter) {
        return Arrays.stream(line.split(Pattern.quote(String.valueOf(delimiter)), -1));
    }
}
