package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Reads CSV to its end and counts the records, each of which has as many fields as the object's first line. One line
 * is one record: Hive and Trino split into lines before they look at quotes, so a quoted line end breaks the record.
 *
 * <p>Fields are told apart as OpenCSVSerde does it, and Trino's CsvDeserializer, "bug for bug compatible": inside a
 * field a backslash escapes a quote or a backslash, a doubled quote is one quote, any other quote opens or closes.
 * Nothing is kept of a field, so that its length does not matter.
 */
final class CsvRows {
    private final ObjectSummary object;
    private final ObjectFormat.Csv format;
    private final Lines lines;

    private CsvRows(ObjectSummary object, ObjectFormat.Csv format, Lines lines) {
        this.object = object;
        this.format = format;
        this.lines = lines;
    }

    /** @throws UnsoundObjectException at the first line that is not a record like the first one */
    static OptionalLong count(ObjectSummary object, ObjectFormat.Csv format, Lines lines) throws IOException {
        return OptionalLong.of(new CsvRows(object, format, lines).count());
    }

    private long count() throws IOException {
        if (!lines.next()) {
            return 0;
        }
        long expected = fieldsInLine();
        while (lines.next()) {
            boolean blank = lines.peek() < 0;
            long found = fieldsInLine();
            if (found != expected) {
                throw bad("expected %d fields as in line 1, found %d%s; correct the line"
                        .formatted(expected, found, blank ? " (readers take a blank line for a record)" : ""));
            }
        }
        return format.header() ? lines.number() - 1 : lines.number();
    }

    private long fieldsInLine() throws IOException {
        return format.quoted() ? quotedFields() : plainFields();
    }

    private long plainFields() throws IOException {
        long fields = 1;
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            fields += c == format.delimiter() ? 1 : 0;
        }
        return fields;
    }

    private long quotedFields() throws IOException {
        long fields = 1;
        boolean inQuotes = false;
        boolean inField = false;
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            if (c == format.delimiter() && !inQuotes) {
                fields++;
                inField = false;
            } else if (c == ObjectFormat.Csv.ESCAPE) {
                if ((inQuotes || inField) && isQuoteOrEscape(lines.peek())) {
                    lines.read();
                }
            } else if (c == ObjectFormat.Csv.QUOTE) {
                if ((inQuotes || inField) && lines.peek() == ObjectFormat.Csv.QUOTE) {
                    lines.read();
                } else {
                    inQuotes = !inQuotes;
                }
                inField = !inField;
            } else {
                inField = true;
            }
        }
        if (inQuotes) {
            throw bad("a quote is not closed before the line ends, and readers take each line for a record; close it,"
                    + " or write no line ends into fields");
        }
        return fields;
    }

    private static boolean isQuoteOrEscape(int c) {
        return c == ObjectFormat.Csv.QUOTE || c == ObjectFormat.Csv.ESCAPE;
    }

    private UnsoundObjectException bad(String what) {
        return new UnsoundObjectException(
                Defect.BAD_RECORD,
                object.key(),
                "object %s, line %d: %s".formatted(Printable.key(object.key()), lines.number(), what));
    }
}
