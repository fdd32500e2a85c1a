package io.fanin.records.raw;

import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType.Field;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.records.raw.text.BadRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The first line of a table's object. Readers skip it unread, and match fields to columns by position: it must not name
 * a column at another column's position, and must not be a record.
 */
record CsvHeader(CsvTable table) {

    /** The maximum bytes, far more than the names of a table's columns take. */
    private static final int LONGEST = 1 << 20;

    /** Characters of a name in a message. */
    private static final int SHOWN = 100;

    /**
     * Reads the line, and then watches for its repetition; returns its number of fields.
     *
     * @throws BadRecordException if readers would misinterpret this line or the following ones
     */
    long check(Lines lines) throws IOException {
        byte[] line = lines.readNBytes(LONGEST);
        if (line.length == LONGEST) {
            throw new BadRecordException("the header has more than " + LONGEST + " bytes: is it one?");
        }
        List<String> fields = fields(line);
        boolean namesColumns = false;
        for (int place = 0; place < fields.size(); place++) {
            int column = column(fields.get(place));
            namesColumns |= column >= 0;
            if (column >= 0 && column != place) {
                throw misplaced(fields.get(place), place);
            }
        }
        if (!namesColumns && isRecord(line, fields)) {
            throw new BadRecordException(
                    "it is a record, which readers skip as a header; write a header before it, or say"
                            + " that there is none (csv.header, skip.header.line.count)");
        }
        if (!fields.stream().allMatch(String::isBlank)) {
            lines.watch(line);
        }
        return fields.size();
    }

    private List<String> fields(byte[] line) throws IOException {
        CsvFields csv = new CsvFields(new ByteWindow(line, 0, line.length), table.options(), CsvReading.BY_PLACE);
        List<String> fields = new ArrayList<>();
        csv.begin();
        while (csv.hasMore()) {
            csv.next();
            fields.add(new String(csv.bytes(), csv.from(), csv.to() - csv.from(), StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** The position of the column that a field names, in quotes or not; -1 if it names none. */
    private int column(String field) {
        String name = field.strip();
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return table.names().indexOf((quoted ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT));
    }

    private BadRecordException misplaced(String field, int place) {
        String there = place < table.names().size() ? "is '" + table.names().get(place) + "'" : "does not exist";
        return new BadRecordException(
                "the header has '%s' as field %d, and the table's column %d %s; readers skip the header and"
                                .formatted(LogSafe.beginning(field, SHOWN), place + 1, place + 1, there)
                        + " match fields by their place, so write them in the order of the table's columns, or convert the data");
    }

    /**
     * Whether the line reads as a record: it has a value in a column of a type other than string, and all values match
     * their types.
     */
    private boolean isRecord(byte[] line, List<String> fields) throws IOException {
        List<Field> typed = table.typed();
        boolean hasValue = false;
        for (int i = 0; i < Math.min(fields.size(), typed.size()); i++) {
            hasValue |= typed.get(i).type() != Scalar.STRING && !fields.get(i).isBlank();
        }
        if (!hasValue || table.options().quoted()) {
            return false;
        }
        CsvColumns columns = new CsvColumns(new ByteWindow(line, 0, line.length), table.options(), typed);
        columns.count();
        return columns.mismatch().isEmpty();
    }
}
