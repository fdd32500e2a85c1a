package io.fanin.records.raw;

import io.fanin.model.table.CsvOptions;
import io.fanin.model.type.FieldNames;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.raw.text.Words;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads records of CSV where they lie in the window, as long as they are sound, and their quotes stand around whole fields.
 * At anything else it leaves the record unread. It takes nothing that {@link CsvRecords} would not take, and for the
 * same value.
 */
final class QuickCsv {

    /** Bytes that are in memory behind the place where a field is read: more than any but a text has. */
    private static final int ROOM = 64;

    private static final String IN_NUMBERS = "0123456789.eE+-";

    private static final int OTHER = -1;

    private static final long QUOTES = Words.all((byte) '"');

    private final int[] columns;
    private final HiveType[] types;
    private final Columns all;
    private final CsvFields csv;
    private final CsvValues values;
    private final byte delimiter;
    private final long delimiters;
    private final byte nullBegin;
    private final boolean quoted;
    private final boolean byPlace;
    private final boolean quotesAnywhere;
    private final boolean possible;

    /** Whether a number ends before the delimiter. */
    private final boolean numbersEnd;

    private int lines;

    /** Where the content of the field read last lies. */
    private byte[] content = {};

    private int from;
    private int to;
    private byte[] unescaped = new byte[ROOM];

    /** Reads records whose fields are these columns. */
    QuickCsv(
            List<Integer> columns,
            Columns all,
            CsvOptions options,
            CsvReading reading,
            CsvFields csv,
            CsvValues values) {
        this.columns = columns.stream().mapToInt(column -> column).toArray();
        this.types = columns.stream()
                .map(column -> column == FieldNames.UNKNOWN ? Scalar.STRING : all.type(column))
                .toArray(HiveType[]::new);
        this.all = all;
        this.csv = csv;
        this.values = values;
        this.delimiter = (byte) options.delimiter();
        this.delimiters = Words.all(delimiter);
        this.nullBegin = csv.nullBegin();
        this.quoted = options.quoted();
        this.byPlace = reading == CsvReading.BY_PLACE;
        this.quotesAnywhere = quoted && byPlace;
        this.possible = options.escape().isEmpty();
        this.numbersEnd = IN_NUMBERS.indexOf(options.delimiter()) < 0;
    }

    /** Reads the record at the place into the chunk's last row; where it does not, what is set there does not count. */
    boolean read(ByteWindow in, Chunk chunk) throws IOException {
        byte[] bytes = in.bytes();
        int end = in.end() - ROOM;
        int at = in.position();
        lines = 1;
        boolean blank = quotesAnywhere && at < end && (bytes[at] == '\n' || bytes[at] == '\r');
        int count = possible && !blank ? columns.length : 0;
        for (int i = 0; i < count && at < end; i++) {
            int behind = field(i, bytes, at, end, chunk);
            if (behind < 0) {
                return false;
            }
            if (bytes[behind] != delimiter) {
                boolean whole = byPlace || i == count - 1;
                if (whole && all.missing(chunk).isEmpty()) {
                    in.position(behind + 1, lines);
                    return true;
                }
                return false;
            }
            at = behind + 1;
        }
        return false;
    }

    /** Reads a field; answers where the delimiter or the line end behind it is, or {@link QuickValues#OTHER}. */
    private int field(int i, byte[] bytes, int at, int end, Chunk chunk) throws IOException {
        int column = columns[i];
        HiveType type = types[i];
        boolean inQuotes = quoted && bytes[at] == '"';
        int begin = inQuotes ? at + 1 : at;
        if (numbersEnd && type != Scalar.STRING && (inQuotes || bytes[begin] != nullBegin)) {
            int number = values.number(column, bytes, begin, end);
            int behind = number < 0 ? number : behind(bytes, number, inQuotes);
            if (behind >= 0) {
                return behind;
            }
        }
        int special = special(bytes, begin, end, inQuotes ? QUOTES : delimiters);
        int behind = special < 0 ? special : behind(bytes, special, inQuotes);
        boolean ascii = behind >= 0;
        if (ascii) {
            content(bytes, begin, special);
        } else if (special >= 0) {
            behind = inQuotes ? inQuotes(bytes, begin, end) : rest(bytes, begin, special, end);
        }
        if (behind < 0 || column == FieldNames.UNKNOWN) {
            return behind;
        }
        boolean likelyNull = !inQuotes && (from == to || bytes[from] == nullBegin);
        if (likelyNull && csv.isNull(bytes, from, to, type.isText())) {
            return behind;
        }
        if (ascii && type == Scalar.STRING) {
            chunk.column(column).setText(chunk.row(), bytes, from, to - from);
            return behind;
        }
        return values.set(column, content, from, to) ? behind : OTHER;
    }

    /** Where the delimiter or the line end behind a value is, if it comes next. */
    private int behind(byte[] bytes, int at, boolean inQuotes) {
        int end = at;
        if (inQuotes && bytes[end++] != '"') {
            return OTHER;
        }
        byte b = bytes[end];
        if (b == '\r') {
            return bytes[end + 1] == '\n' ? end + 1 : end;
        }
        return b == delimiter || b == '\n' ? end : OTHER;
    }

    /** Where the first byte is that is not a plain character, or one of those. */
    private static int special(byte[] bytes, int at, int end, long others) {
        for (int i = at; i < end; i += Long.BYTES) {
            int plain = Words.plain(Words.eight(bytes, i), others);
            if (plain < Long.BYTES) {
                return i + plain;
            }
        }
        return OTHER;
    }

    /** Reads on in a field without quotes. */
    private int rest(byte[] bytes, int begin, int at, int end) {
        int i = at;
        while (i < end && bytes[i] != delimiter && bytes[i] != '\n' && bytes[i] != '\r') {
            if (quotesAnywhere && (bytes[i] == '"' || bytes[i] == '\\')) {
                return OTHER;
            }
            i++;
        }
        content(bytes, begin, i);
        return i < end ? behind(bytes, i, false) : OTHER;
    }

    /** Reads a field behind its opening quote. In a table's only a text without special characters is read. */
    private int inQuotes(byte[] bytes, int begin, int end) {
        int count = 0;
        for (int i = begin; i < end; i++) {
            byte b = bytes[i];
            boolean doubled = b == '"' && bytes[i + 1] == '"';
            if (b == '"' && !doubled) {
                content(unescaped, 0, count);
                return behind(bytes, i, true);
            }
            if (quotesAnywhere && (doubled || b == '\\' || b == '\n' || b == '\r')) {
                return OTHER;
            }
            if (count == unescaped.length) {
                unescaped = Arrays.copyOf(unescaped, 2 * count);
            }
            i += doubled ? 1 : 0;
            unescaped[count++] = b;
            lines += b == '\n' || (b == '\r' && bytes[i + 1] != '\n') ? 1 : 0;
        }
        return OTHER;
    }

    private void content(byte[] bytes, int begin, int end) {
        content = bytes;
        from = begin;
        to = end;
    }
}
