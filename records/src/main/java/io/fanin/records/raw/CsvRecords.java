package io.fanin.records.raw;

import io.fanin.model.spec.UnknownColumns;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.FieldNames;
import io.fanin.records.raw.CsvFields.Field;
import io.fanin.records.raw.text.BadHeaderException;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.value.Scalars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads records of CSV. A header names the column of each field, in any order; without one the fields are the table's
 * columns in their order.
 *
 * <p>A record that breaks the rules of quotes is bad, and its first line with it; reading goes on at the next line, so that a quote
 * that is never closed, or too late, costs no other record.
 *
 * <p>Sound records that look as most do are read by {@link QuickCsv}; this is the definition, which reads all others.
 */
final class CsvRecords {

    private static final int SHOWN = 60;

    /** Bytes of records that are read quickly even where the window ends. */
    private static final int AHEAD = 1 << 12;

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
        this.values = new CsvValues(columns, scalars, sink);
        this.unknown = unknown;
        this.sink = sink;
        this.reading = reading;
        this.csv = new CsvFields(in, options, reading);
    }

    /** Reads to the end; returns how many records were read quickly. */
    long read() throws IOException {
        JsonRecords.skipByteOrderMark(in);
        Optional<Header> header = header();
        if (header.isEmpty()) {
            return 0;
        }
        QuickCsv quick = new QuickCsv(header.get().columns(), columns, options, reading, csv, values);
        boolean possible = header.get().unknown().isEmpty();
        long quickly = 0;
        while (csv.isNext()) {
            in.ahead(AHEAD);
            if (possible && quick.read(in, sink.chunk())) {
                sink.good();
                quickly++;
            } else {
                sink.chunk().takeBack();
                next(header.get());
            }
        }
        return quickly;
    }

    private void next(Header header) throws IOException {
        long line = in.line();
        try {
            csv.next();
            record(line, header);
        } catch (BadRecordException e) {
            sink.chunk().takeBack();
            in.reset(line);
            ByteWindow.Passing passing = in.passing(JsonRecords.MAX_RAW);
            passing.readLine();
            sink.bad(line, e.getMessage(), passing.beginning());
        }
    }

    /** Which column each field is. */
    private record Header(List<Integer> columns, Optional<String> unknown) {}

    /** Empty where there is nothing at all. */
    private Optional<Header> header() throws IOException {
        if (!options.header()) {
            return Optional.of(byPlace());
        }
        if (reading == CsvReading.BY_PLACE) {
            in.passing(0).readLine();
            return Optional.of(byPlace());
        }
        try {
            return csv.next() ? Optional.of(readHeader()) : Optional.empty();
        } catch (BadRecordException e) {
            throw new BadHeaderException(e.getMessage(), e);
        }
    }

    private Header byPlace() {
        return new Header(IntStream.range(0, columns.size()).boxed().toList(), Optional.empty());
    }

    private Header readHeader() {
        List<Integer> index = new ArrayList<>();
        Optional<String> stranger = Optional.empty();
        for (Field field : csv.fields()) {
            if (!Utf8.isWellFormed(csv.bytes(), field.from(), field.to())) {
                throw new BadHeaderException(
                        "it is not UTF-8; if it is in another charset, name it in source.csv.charset", null);
            }
            String name = text(field).strip();
            int column = columns.names().find(name);
            if (column == FieldNames.UNKNOWN) {
                stranger = stranger.or(() -> Optional.of(name));
            } else if (index.contains(column)) {
                throw new BadHeaderException("it names the column '" + name + "' twice", null);
            }
            index.add(column);
        }
        if (index.stream().allMatch(column -> column == FieldNames.UNKNOWN)) {
            throw new BadHeaderException(
                    "it names none of the table's columns; where there is no header, set source.csv.header to false",
                    null);
        }
        return new Header(index, stranger.filter(name -> unknown == UnknownColumns.BAD));
    }

    private void record(long line, Header header) throws IOException {
        Optional<String> problem = set(header);
        if (problem.isPresent()) {
            sink.chunk().takeBack();
            sink.bad(line, problem.get(), in.marked(JsonRecords.MAX_RAW));
        } else {
            sink.good();
        }
    }

    /** Sets the record's values; returns what is wrong with it. */
    private Optional<String> set(Header header) throws IOException {
        List<Field> fields = csv.fields();
        int expected = header.columns().size();
        if (fields.size() > expected || (fields.size() < expected && reading == CsvReading.BY_HEADER)) {
            String problem = "expected " + expected + " fields, found " + fields.size();
            if (csv.overLines()) {
                throw new BadRecordException(problem + ", some of them over several lines");
            }
            return Optional.of(problem);
        }
        if (header.unknown().isPresent()) {
            return header.unknown().map(name -> "the table has no column '" + name + "'");
        }
        for (int i = 0; i < fields.size(); i++) {
            int column = header.columns().get(i);
            Field field = fields.get(i);
            if (column == FieldNames.UNKNOWN
                    || csv.isNull(field, columns.type(column).isText())) {
                continue;
            }
            if (!values.set(column, csv.bytes(), field.from(), field.to())) {
                return Optional.of("column %s: expected %s, found %s"
                        .formatted(
                                columns.name(column),
                                columns.type(column).hive(),
                                LogSafe.beginning(text(field), SHOWN)));
            }
        }
        return columns.missing(sink.chunk()).map(name -> "the required column '" + name + "' is missing");
    }

    private String text(Field field) {
        return new String(csv.bytes(), field.from(), field.to() - field.from(), StandardCharsets.UTF_8);
    }
}
