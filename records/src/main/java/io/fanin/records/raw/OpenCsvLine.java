package io.fanin.records.raw;

import io.fanin.records.raw.text.BadRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into fields as OpenCSVSerde does, and Trino's CsvDeserializer ("bug for bug compatible"). A quote opens
 * anywhere. Inside quotes, or after a field's first character, a doubled quote is one, as is a quote or an escape
 * character after an escape character; any other escape character is dropped. A quote within a field stays in it,
 * unless only blanks come before.
 */
final class OpenCsvLine {

    private static final int ALWAYS_DROPPED = 2;

    private final char delimiter;
    private final char escape;
    private final StringBuilder text = new StringBuilder();
    private String line = "";
    private boolean blank;
    private boolean inQuotes;
    private boolean inField;

    OpenCsvLine(char delimiter, char escape) {
        this.delimiter = delimiter;
        this.escape = escape;
    }

    /** The fields' texts in UTF-8; none for a blank line, whose columns are all null. */
    List<byte[]> fields(byte[] utf8) {
        List<byte[]> fields = new ArrayList<>();
        if (utf8.length == 0) {
            return fields;
        }
        if (!Utf8.isWellFormed(utf8, 0, utf8.length)) {
            throw new BadRecordException("a text is not UTF-8");
        }
        line = new String(utf8, StandardCharsets.UTF_8);
        clear();
        inQuotes = false;
        inField = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == escape) {
                i += escaped(i);
            } else if (c == '"') {
                i += quote(i);
            } else if (c == delimiter && !inQuotes) {
                fields.add(field());
                inField = false;
            } else {
                append(c);
                inField = true;
            }
        }
        if (inQuotes) {
            throw new BadRecordException("a quote is never closed");
        }
        fields.add(field());
        return fields;
    }

    private byte[] field() {
        byte[] field = text.toString().getBytes(StandardCharsets.UTF_8);
        clear();
        return field;
    }

    private void clear() {
        text.setLength(0);
        blank = true;
    }

    private void append(char c) {
        text.append(c);
        blank &= Character.isWhitespace(c);
    }

    /**
     * Takes the character after an escape character, if it is an escaped one; returns the number of characters taken.
     */
    private int escaped(int at) {
        if (!(inQuotes || inField) || (next(at) != '"' && next(at) != escape)) {
            return 0;
        }
        append(line.charAt(at + 1));
        return 1;
    }

    private int quote(int at) {
        boolean doubled = (inQuotes || inField) && next(at) == '"';
        if (doubled) {
            append('"');
        } else {
            boolean within =
                    at > ALWAYS_DROPPED && line.charAt(at - 1) != delimiter && next(at) >= 0 && next(at) != delimiter;
            if (within && blank && !text.isEmpty()) {
                clear();
            } else if (within) {
                append('"');
            }
            inQuotes = !inQuotes;
        }
        inField = !inField;
        return doubled ? 1 : 0;
    }

    private int next(int at) {
        return at + 1 < line.length() ? line.charAt(at + 1) : -1;
    }

    /**
     * Skips a line without keeping any of it; returns its number of fields.
     *
     * @param utf8 whether its texts must be UTF-8
     */
    long count(ByteWindow in, boolean utf8) throws IOException {
        inQuotes = false;
        inField = false;
        long count = 1;
        for (int c = in.read(); c >= 0; c = in.read()) {
            boolean special = inQuotes || inField;
            if (c == escape) {
                if (special && (in.peek() == '"' || in.peek() == escape)) {
                    in.read();
                }
            } else if (c == '"') {
                if (special && in.peek() == '"') {
                    in.read();
                } else {
                    inQuotes = !inQuotes;
                }
                inField = !inField;
            } else if (c == delimiter && !inQuotes) {
                count++;
                inField = false;
            } else {
                inField = true;
                if (utf8 && c >= 0x80) {
                    Utf8.rest(c, in);
                }
            }
        }
        if (inQuotes) {
            throw new BadRecordException(
                    "a quote is not closed before the line ends, and readers take each line for a record; close it,"
                            + " or write no line ends into fields");
        }
        return count;
    }
}
