package io.fanin.records.raw;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.table.CsvOptions;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.UnsoundObjectException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Reads CSV to its end and counts the records, each of which has as many fields as the object's first line. One line
 * is one record: Hive and Trino split into lines before they look at quotes, so a quoted line end breaks the record.
 * Nothing is kept of a field, so that its length does not matter.
 */
public final class CsvRows {

    private final ObjectSummary object;
    private final Lines lines;
    private final ByteWindow in = ByteWindow.passing();
    private final CsvFields fields;

    private CsvRows(ObjectSummary object, CsvOptions options, Lines lines) {
        this.object = object;
        this.lines = lines;
        this.fields = new CsvFields(in, options, CsvReading.BY_PLACE);
    }

    /** Counts the records, each of which must be like the first one. */
    public static OptionalLong count(ObjectSummary object, CsvOptions options, Lines lines) throws IOException {
        new CsvRows(object, options, lines).read();
        return OptionalLong.of(Math.max(0, options.header() ? lines.number() - 1 : lines.number()));
    }

    private void read() throws IOException {
        long expected = lines.next() ? fieldsInLine() : 0;
        while (lines.next()) {
            boolean blank = lines.peek() < 0;
            long found = fieldsInLine();
            if (found != expected) {
                throw bad("expected %d fields as in line 1, found %d%s; correct the line"
                        .formatted(expected, found, blank ? " (readers take a blank line for a record)" : ""));
            }
        }
    }

    private long fieldsInLine() throws IOException {
        in.open(lines);
        try {
            return fields.count();
        } catch (BadRecordException e) {
            throw bad("a quote is not closed before the line ends, and readers take each line for a record; close it,"
                    + " or write no line ends into fields");
        }
    }

    private UnsoundObjectException bad(String what) {
        return UnsoundObjectException.ofObject(
                object.key(), Defect.BAD_RECORD, ", line " + lines.number() + ": " + what);
    }
}
