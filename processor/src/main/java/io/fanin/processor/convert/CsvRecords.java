package io.fanin.processor.convert;

import io.fanin.core.spec.UnknownColumns;
import io.fanin.core.table.CsvOptions;
import io.fanin.core.text.OneLine;
import io.fanin.processor.convert.CsvFields.Field;
import io.fanin.processor.convert.HiveType.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads records of CSV. A header says which column each field is, in any order; without one the fields are the table's
 * columns in their order. A field that is no single value holds JSON.
 */
final class CsvRecords {

    private static final int SHOWN = 60;

    private final ByteWindow in;
    private final CsvOptions options;
    private final Columns columns;
    private final Scalars scalars;
    private final UnknownColumns unknown;
    private final RecordSink sink;
    private final RecordBuffer out;
    private final CsvFields csv;

    CsvRecords(
            ByteWindow in,
            CsvOptions options,
            Columns columns,
            Scalars scalars,
            UnknownColumns unknown,
            RecordSink sink) {
        this.in = in;
        this.options = options;
        this.columns = columns;
        this.scalars = scalars;
        this.unknown = unknown;
        this.sink = sink;
        this.out = sink.buffer();
        this.csv = new CsvFields(in, options);
    }

    /**
     * Reads to the end.
     *
     * @throws BadHeaderException when the first line does not say which fields are columns
     */
    void read() throws IOException {
        JsonRecords.skipByteOrderMark(in);
        Optional<Header> header = header();
        if (header.isEmpty()) {
            return;
        }
        while (true) {
            long line = in.line();
            try {
                if (!csv.next()) {
                    return;
                }
                record(line, header.get());
            } catch (BadRecordException e) {
                out.takeBack();
                in.reset(line);
                sink.bad(line, e.getMessage(), restOfLine());
            }
        }
    }

    /** Which column each field is. */
    private record Header(List<Integer> columns, Optional<String> unknown) {}

    /** Empty where there is nothing at all. */
    private Optional<Header> header() throws IOException {
        if (!options.header()) {
            return Optional.of(
                    new Header(IntStream.range(0, columns.size()).boxed().toList(), Optional.empty()));
        }
        try {
            return csv.next() ? Optional.of(readHeader()) : Optional.empty();
        } catch (BadRecordException e) {
            throw new BadHeaderException(e.getMessage(), e);
        }
    }

    private Header readHeader() {
        List<Integer> index = new ArrayList<>();
        Optional<String> stranger = Optional.empty();
        for (Field field : csv.fields()) {
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
        Optional<String> problem = write(header);
        if (problem.isPresent()) {
            out.takeBack();
            sink.bad(line, problem.get(), in.marked(JsonRecords.MAX_RAW));
        } else {
            sink.good();
        }
    }

    /** Writes the record; the answer says what is wrong with it. */
    private Optional<String> write(Header header) throws IOException {
        List<Field> fields = csv.fields();
        if (fields.size() != header.columns().size()) {
            return Optional.of("expected " + header.columns().size() + " fields, found " + fields.size());
        }
        if (header.unknown().isPresent()) {
            return header.unknown().map(name -> "the table has no column '" + name + "'");
        }
        boolean[] there = new boolean[columns.size()];
        out.write('{');
        boolean first = true;
        for (int i = 0; i < fields.size(); i++) {
            int column = header.columns().get(i);
            Field field = fields.get(i);
            if (column == FieldNames.UNKNOWN || csv.isNull(field)) {
                continue;
            }
            if (!first) {
                out.write(',');
            }
            first = false;
            out.write(columns.key(column));
            Optional<String> problem = value(column, field);
            if (problem.isPresent()) {
                return problem;
            }
            there[column] = true;
        }
        out.write('}');
        if (out.recordLength() > ByteWindow.MAX_RECORD) {
            return Optional.of("it is longer than " + ByteWindow.MAX_RECORD + " bytes");
        }
        return columns.missing(there).stream().findFirst().map(name -> "the required column '" + name + "' is missing");
    }

    private Optional<String> value(int column, Field field) throws IOException {
        HiveType type = columns.type(column);
        boolean fits = switch (type) {
            case Scalar scalar ->
                Utf8.isWellFormed(csv.bytes(), field.from(), field.to())
                        && scalars.write(scalar, csv.bytes(), field.from(), field.to(), out);
            case HiveType.Decimal decimal -> scalars.write(decimal, csv.bytes(), field.from(), field.to(), out);
            case HiveType.ListOf list -> json(column, field);
            case HiveType.MapOf map -> json(column, field);
            case HiveType.Struct struct -> json(column, field);
        };
        return fits
                ? Optional.empty()
                : Optional.of("column %s: expected %s, found %s"
                        .formatted(columns.name(column), type.hive(), OneLine.beginning(text(field), SHOWN)));
    }

    private boolean json(int column, Field field) throws IOException {
        JsonTokens tokens = new JsonTokens(new ByteWindow(Arrays.copyOfRange(csv.bytes(), field.from(), field.to())));
        JsonValues values = new JsonValues(tokens, scalars, out);
        values.named(columns.name(column), columns.type(column));
        return tokens.next() < 0 && values.problem().isEmpty();
    }

    private String text(Field field) {
        return new String(csv.bytes(), field.from(), field.to() - field.from(), StandardCharsets.UTF_8);
    }

    private byte[] restOfLine() throws IOException {
        Optional<byte[]> beginning = Optional.empty();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (beginning.isEmpty() && in.offset() >= JsonRecords.MAX_RAW) {
                beginning = Optional.of(in.marked(JsonRecords.MAX_RAW));
            }
            if (beginning.isPresent()) {
                in.mark();
            }
        }
        return beginning.orElseGet(() -> in.marked(JsonRecords.MAX_RAW));
    }
}
