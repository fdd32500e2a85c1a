package io.fanin.records.raw;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.FieldNames;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.raw.text.BadHeaderException;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads records of CSV. A header names the columns of the fields, in any order; without one, the fields are in the
 * order of the table's columns.
 *
 * <p>If a record breaks the rules of quotes, its first line is bad, and reading continues at the next line, so that a
 * quote which is closed too late, or never, costs no other record. A record over several lines ends as soon as it has
 * too many fields: it could extend to the end of the data, as could those that begin with its other lines.
 */
final class CsvRecords {

    private static final int SHOWN = 60;

    /** The maximum bytes of a line in which delimiters are searched. */
    private static final int MAX_LINE = 4096;

    private final ByteWindow in;
    private final CsvOptions options;
    private final CsvReading reading;
    private final Columns columns;
    private final CsvValues values;
    private final UnknownColumns unknown;
    private final RecordSink sink;
    private final CsvFields csv;

    CsvRecords(
            ByteWindow in,
            CsvOptions options,
            CsvReading reading,
            Columns columns,
            Scalars scalars,
            UnknownColumns unknown,
            RecordSink sink) {
        this.in = in;
        this.options = options;
        this.columns = columns;
        this.values = new CsvValues(scalars);
        this.unknown = unknown;
        this.sink = sink;
        this.reading = reading;
        this.csv = new CsvFields(in, options, reading);
    }

    /** Reads to the end. */
    void read() throws IOException {
        JsonRecords.skipByteOrderMark(in);
        for (int i = 0; i < options.raw().skipLines() && in.peek() >= 0; i++) {
            in.passing(0).readLine();
        }
        Optional<Header> header = header();
        if (header.isPresent()) {
            records(header.get());
        }
    }

    private void records(Header header) throws IOException {
        int[] expected = header.columns().stream().mapToInt(column -> column).toArray();
        ValueType[] types = Arrays.stream(expected)
                .mapToObj(column -> column == FieldNames.UNKNOWN ? null : columns.valueType(column))
                .toArray(ValueType[]::new);
        while (csv.isNext()) {
            long line = in.line();
            try {
                record(line, header, expected, types);
            } catch (BadRecordException e) {
                sink.chunk().takeBack();
                in.reset(line);
                ByteWindow.Passing passing = in.passing(JsonRecords.MAX_RAW);
                passing.readLine();
                sink.bad(line, e.getMessage(), passing.beginning());
            }
        }
    }

    /**
     * The column of each field.
     *
     * @param unknown the defect of every record, if the header names an unknown column and these are not allowed
     * @param repeated recognises records that repeat the header
     */
    private record Header(List<Integer> columns, Optional<String> unknown, RepeatedHeader repeated) {}

    /** Reads the header; absent if there is no data. */
    private Optional<Header> header() throws IOException {
        if (!options.header()) {
            return Optional.of(byPlace());
        }
        if (reading == CsvReading.BY_PLACE) {
            in.passing(0).readLine();
            return Optional.of(byPlace());
        }
        if (!csv.isNext()) {
            return Optional.empty();
        }
        long line = in.line();
        try {
            return Optional.of(readHeader(line));
        } catch (BadRecordException e) {
            throw unusable(line, e.getMessage(), "", e);
        }
    }

    /** @param otherwise the advice after the problem, if another delimiter would not help */
    private BadHeaderException unusable(long line, String problem, String otherwise, BadRecordException cause)
            throws IOException {
        in.reset(line);
        ByteWindow.Passing passing = in.passing(MAX_LINE);
        passing.readLine();
        String text = new String(passing.beginning(), StandardCharsets.UTF_8).strip();
        String advice = Delimiters.ofHeader(text, options.delimiter(), columns.names())
                .map(other -> "; " + other)
                .orElse(unquoted(text) + otherwise);
        return new BadHeaderException(problem + advice, text, cause);
    }

    private Header byPlace() {
        return new Header(IntStream.range(0, columns.size()).boxed().toList(), Optional.empty(), RepeatedHeader.NONE);
    }

    private Header readHeader(long line) throws IOException {
        List<Integer> index = new ArrayList<>();
        Optional<String> stranger = Optional.empty();
        List<String> strays = new ArrayList<>();
        List<byte[]> names = new ArrayList<>();
        csv.begin();
        while (csv.hasMore()) {
            csv.next();
            if (!Utf8.isWellFormed(csv.bytes(), csv.from(), csv.to())) {
                throw new BadRecordException(
                        "it is not UTF-8; if it is in another charset, name it in source.csv.charset");
            }
            names.add(Arrays.copyOfRange(csv.bytes(), csv.from(), csv.to()));
            String name = text().strip();
            int column = columns.names().find(name);
            if (column == FieldNames.UNKNOWN) {
                stranger = stranger.or(() -> Optional.of(name));
                strays.add(name);
            } else if (index.contains(column)) {
                throw new BadRecordException("it names the column '" + name + "' twice");
            }
            index.add(column);
        }
        if (index.stream().allMatch(column -> column == FieldNames.UNKNOWN)) {
            throw unusable(
                    line,
                    "it names none of the table's columns",
                    "; it was read with the delimiter " + Delimiters.shown(options.delimiter())
                            + "; where there is no header, set source.csv.header to false",
                    null);
        }
        if (unknown != UnknownColumns.BAD) {
            strays.forEach(sink::stray);
        }
        return new Header(
                index,
                stranger.filter(name -> unknown == UnknownColumns.BAD)
                        .map(name -> "the table has no column '" + LogSafe.beginning(name, SHOWN) + "'"),
                index.stream()
                                .filter(column -> column != FieldNames.UNKNOWN)
                                .allMatch(column -> columns.valueType(column).isText())
                        ? new RepeatedHeader(names)
                        : RepeatedHeader.NONE);
    }

    /** @param types the types of the columns; null for an unknown column */
    private void record(long line, Header header, int[] expected, ValueType[] types) throws IOException {
        Chunk chunk = sink.chunk();
        int count = 0;
        boolean repeats = header.repeated().isPossible();
        Optional<String> problem = header.unknown();
        csv.begin();
        while (csv.hasMore()) {
            ValueType type = count < expected.length ? types[count] : null;
            if (type == null || problem.isPresent()) {
                csv.next();
            } else {
                ColumnBuffer to = chunk.column(expected[count]);
                if (!type.isNumber() || !values.number(type, csv, to, chunk.row())) {
                    csv.next();
                    if (!csv.isNull(type.isText()) && !values.set(type, csv, to, chunk.row())) {
                        problem = Optional.of(mismatch(expected[count]));
                    }
                }
            }
            repeats = repeats && header.repeated().has(count, csv);
            count++;
            if (count > expected.length && csv.overLines()) {
                throw new BadRecordException(
                        "expected " + expected.length + " fields, found more, some of them over several lines");
            }
        }
        if (repeats && count == expected.length) {
            problem = Optional.of("it is the header again");
        }
        if (count > expected.length || (count < expected.length && reading == CsvReading.BY_HEADER)) {
            String wrong = "expected " + expected.length + " fields, found " + count;
            if (csv.overLines()) {
                throw new BadRecordException(wrong + ", some of them over several lines");
            }
            String text = new String(in.marked(MAX_LINE), StandardCharsets.UTF_8).strip();
            problem = Optional.of(wrong + (count == 1 ? undivided(text, expected.length) : "") + unquoted(text));
        }
        if (problem.isEmpty()) {
            problem = columns.missing(chunk).map(name -> "the required column '" + name + "' is missing");
        }
        if (problem.isPresent()) {
            chunk.takeBack();
            sink.bad(line, problem.get(), in.marked(JsonRecords.MAX_RAW));
        } else {
            sink.good();
        }
    }

    /** The probable reason for a record with a single field. */
    private String undivided(String text, int expected) {
        return " with the delimiter " + Delimiters.shown(options.delimiter())
                + Delimiters.ofRecord(text, options.delimiter(), expected)
                        .map(other -> "; " + other)
                        .orElse("");
    }

    /**
     * An explanation for text with quotes: these are literal unless the source declares quoting, as are line ends and
     * delimiters between them.
     */
    private String unquoted(String text) {
        return !options.quoted() && text.indexOf('"') >= 0
                ? "; it has quotes: if fields are in quotes, set source.csv.quoted"
                : "";
    }

    private String mismatch(int column) {
        return "column %s: expected %s%s, found %s"
                .formatted(
                        columns.name(column),
                        columns.type(column).hive(),
                        values.form(columns.valueType(column)),
                        LogSafe.beginning(text(), SHOWN));
    }

    private String text() {
        return new String(csv.bytes(), csv.from(), csv.to() - csv.from(), StandardCharsets.UTF_8);
    }
}
