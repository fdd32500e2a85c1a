package io.fanin.records.raw;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.CsvOptions;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.serde.Mismatch;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads CSV to its end and counts the records, each of which has as many fields as the object's first line. That may be
 * fewer than the table's columns, but not one for several, which suggests another delimiter. One line is one record:
 * Hive and Trino split lines before they interpret quotes, so a quoted line end breaks the record. Texts are not kept.
 */
public final class CsvRows {

    private final ObjectSummary object;
    private final CsvTable table;
    private final CsvOptions options;
    private final Lines lines;
    private final RowSamples samples;
    private final ByteWindow in = ByteWindow.passing();
    private final CsvFields fields;
    private final CsvHeader header;
    private final CsvColumns columns;

    private CsvRows(ObjectSummary object, CsvTable table, Lines lines, RowSamples samples) {
        this.object = object;
        this.table = table;
        this.options = table.options();
        this.header = new CsvHeader(table);
        this.lines = lines;
        this.samples = samples;
        this.fields = new CsvFields(in, options, CsvReading.BY_PLACE);
        this.columns = table.typed().isEmpty() ? null : new CsvColumns(in, options, table.typed());
    }

    /** Counts the records, each of which must have as many fields as the first one. */
    public static OptionalLong count(ObjectSummary object, CsvTable table, Lines lines, RowSamples samples)
            throws IOException {
        new CsvRows(object, table, lines, samples).read();
        return OptionalLong.of(Math.max(0, table.options().header() ? lines.number() - 1 : lines.number()));
    }

    private void read() throws IOException {
        boolean hasLine = lines.next();
        boolean isBlank = hasLine && lines.peek() < 0;
        long expected = hasLine ? fieldsInLine() : 0;
        if (expected == 1 && table.names().size() > 1) {
            String why = isBlank
                    ? "it is blank, and readers take it for a record; remove it"
                    : "it has one field, and the table has %d columns; write it with the delimiter %s, or correct the table"
                            .formatted(table.names().size(), Delimiters.shown(options.delimiter()));
            throw bad(why);
        }
        while (lines.next()) {
            boolean blank = lines.peek() < 0;
            long found = fieldsInLine();
            if (found != expected) {
                throw bad("expected %d fields as in line 1, found %d%s; correct the line"
                        .formatted(expected, found, blank ? " (readers take a blank line for a record)" : ""));
            }
            if (lines.isWatched() && expected > 1) {
                throw bad("it is the header again, as in joined files, and readers take it for a record; remove it");
            }
        }
    }

    private long fieldsInLine() throws IOException {
        long count = fields();
        if (lines.isTooLong()) {
            throw bad(Lines.tooLong());
        }
        return count;
    }

    private long fields() throws IOException {
        try {
            if (options.header() && lines.number() == 1) {
                return header.check(lines);
            }
            in.open(lines);
            return columns == null || options.quoted() ? fields.count(columns != null) : typedFieldsInLine();
        } catch (BadRecordException e) {
            throw bad(e.getMessage());
        }
    }

    private long typedFieldsInLine() throws IOException {
        long count = columns.count();
        Optional<Mismatch> mismatch = columns.mismatch();
        if (mismatch.isPresent()) {
            throw bad(mismatch.get().message(samples));
        }
        return count;
    }

    private ObjectDefectException bad(String what) {
        return ObjectDefectException.ofObject(
                object.key(), FailureCode.BAD_RECORD, ", line " + lines.number() + ": " + what);
    }
}
