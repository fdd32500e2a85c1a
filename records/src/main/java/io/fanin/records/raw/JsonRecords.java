package io.fanin.records.raw;

import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.type.FieldNames;
import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.raw.BrokenJson.End;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.text.JsonStrings;
import io.fanin.records.raw.text.JsonStructure;
import io.fanin.records.raw.text.KnownNames;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads JSON records: objects on lines of their own, indented ones, ones joined without line ends, and arrays of
 * objects, in any mixture.
 *
 * <p>A record that violates the grammar ends where {@link BrokenJson} decides, even in the middle of a line; the text
 * up to there is the bad record. If line beginnings decide, the next record begins with a brace indented like the
 * broken record or the last complete one, or with a comma, indented no more, and a brace. Outside arrays, each line of
 * text that is not an object is a bad record; an object beginning within it is part of it if it is indented more deeply
 * than earlier records.
 *
 * <p>A field's name is first compared with the name that followed the previous field in the last record, and then with
 * a known name that begins alike.
 */
final class JsonRecords {

    /** The maximum bytes of a bad record that are kept. */
    static final int MAX_RAW = 64 << 10;

    /** The maximum number of unknown names that a reader reports, counting repetitions. */
    private static final int MAX_REPORTED = 200;

    private static final int ANY_MARGIN = -1;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ByteWindow in;
    private final Columns columns;
    private final UnknownColumns unknown;
    private final RecordSink sink;
    private final JsonTokens tokens;
    private final JsonValues values;
    private final KnownNames names;

    /**
     * For each column, at its index plus 1, the one that followed it in the last record; index 0 holds the first
     * column.
     */
    private final int[] next;

    /** For each column, the number of the last record that had it. */
    private final long[] seen;

    private long record;
    private int reported;
    private int previous;
    private final BrokenJson broken;
    private boolean inArray;
    private boolean separated;
    private boolean separatorMayFollow;
    private int arrayMargin;
    private int margin;
    private int recordMargin;

    /** The margin of the last record whose braces and values were complete. */
    private int wholeMargin;

    /** The margin of the line in which the record begins, possibly after a comma or bracket. */
    private int lineMargin;

    private boolean ownLine;
    private boolean inText;
    private long firstLine;

    JsonRecords(ByteWindow in, Columns columns, Scalars scalars, UnknownColumns unknown, RecordSink sink) {
        this.in = in;
        this.columns = columns;
        this.unknown = unknown;
        this.sink = sink;
        this.tokens = new JsonTokens(in);
        this.values = new JsonValues(tokens, scalars);
        this.broken = new BrokenJson(in);
        this.names = new KnownNames(
                IntStream.range(0, columns.size()).mapToObj(columns::name).toList());
        // No column follows the last one: the first cannot occur again.
        this.next = IntStream.rangeClosed(0, columns.size())
                .map(i -> i % columns.size())
                .toArray();
        this.seen = new long[columns.size()];
    }

    /** Reads to the end of the window's stream. */
    void read() throws IOException {
        inArray = false;
        separated = true;
        separatorMayFollow = false;
        margin = 0;
        recordMargin = 0;
        wholeMargin = ANY_MARGIN;
        lineMargin = 0;
        ownLine = true;
        inText = false;
        skipByteOrderMark(in);
        for (int c = toNextRecord(); c >= 0; c = toNextRecord()) {
            firstLine = in.line();
            lineMargin = ownLine ? margin : lineMargin;
            try {
                if (inText && margin > recordMargin) {
                    throw JsonTokens.unexpected("a record no further from the margin than others", c);
                }
                if (!bracket(c)) {
                    record();
                }
                inText = false;
            } catch (BadRecordException e) {
                sink.chunk().takeBack();
                recover(e);
            }
        }
        if (inArray) {
            sink.bad(in.line(), "the data ends in the middle of an array", new byte[0]);
        }
    }

    /** Skips a byte order mark; returns false if there is none. */
    static boolean skipByteOrderMark(ByteWindow in) throws IOException {
        in.mark();
        for (byte b : BYTE_ORDER_MARK) {
            if (in.peek() != (b & 0xFF)) {
                in.reset(in.line());
                return false;
            }
            in.skip();
        }
        in.mark();
        return true;
    }

    /** Skips white space, and byte order marks, which occur where files were joined. Sets the mark at the next byte. */
    private int toNextRecord() throws IOException {
        int c = pastWhiteSpace();
        while (c == (BYTE_ORDER_MARK[0] & 0xFF) && skipByteOrderMark(in)) {
            c = pastWhiteSpace();
        }
        return c;
    }

    private int pastWhiteSpace() throws IOException {
        in.mark();
        int c = in.peek();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            in.read();
            boolean lineEnd = c == '\n' || c == '\r';
            margin = lineEnd ? 0 : margin + 1;
            ownLine |= lineEnd;
            in.mark();
            c = in.peek();
        }
        return c;
    }

    /** Skips a separator between records: a bracket of an array, or a comma, even outside arrays. */
    private boolean bracket(int c) throws IOException {
        if (c == ',' && (!separated || separatorMayFollow)) {
            separatorMayFollow = false;
        } else if (inArray && c == ']') {
            inArray = false;
        } else if (c == '[' && (!inArray || isAnotherArray())) {
            if (inArray) {
                sink.bad(firstLine, "an array begins before the one before it has ended", new byte[0]);
            }
            inArray = true;
            arrayMargin = ownLine ? margin : ANY_MARGIN;
        } else {
            return false;
        }
        separated = true;
        in.skip();
        ownLine = false;
        return true;
    }

    /** Whether a line begins at the margin of the open array's line, without a comma before it. */
    private boolean isAnotherArray() {
        return !separated && ownLine && margin == arrayMargin;
    }

    private void record() throws IOException {
        if (inArray && !separated) {
            throw JsonTokens.unexpected("',' or ']'", in.peek());
        }
        if (in.peek() != '{') {
            throw JsonTokens.unexpected("a JSON object", in.peek());
        }
        in.skip();
        separatorMayFollow = false;
        recordMargin = ownLine ? margin : recordMargin;
        values.begin();
        Chunk chunk = sink.chunk();
        fields(chunk);
        separated = false;
        wholeMargin = ownLine ? margin : wholeMargin;
        Optional<String> missing = columns.missing(chunk);
        if (missing.isPresent()) {
            values.report("the required column '" + missing.get() + "' is missing");
        }
        Optional<String> problem = values.problem();
        if (problem.isPresent()) {
            chunk.takeBack();
            sink.bad(firstLine, problem.get(), in.marked(MAX_RAW));
        } else {
            sink.good();
        }
        ownLine = false;
    }

    private void fields(Chunk chunk) throws IOException {
        record++;
        previous = FieldNames.UNKNOWN;
        if (tokens.empty('}')) {
            return;
        }
        do {
            field(chunk);
        } while (in.pass(',') || tokens.another('}'));
    }

    private void field(Chunk chunk) throws IOException {
        byte[] bytes = in.bytes();
        int at = in.position();
        int begin = bytes[at] == ' ' ? at + 1 : at;
        int column = next[previous + 1];
        int value = behind(column, bytes, begin);
        if (value < 0) {
            column = names.likely(bytes, begin);
            value = behind(column, bytes, begin);
        }
        if (value < 0) {
            column = name();
            value = in.position();
            bytes = in.bytes();
        } else if (!names.isColumn(column)) {
            column = FieldNames.UNKNOWN;
            in.position(value);
        }
        if (column == FieldNames.UNKNOWN) {
            tokens.next();
            tokens.value(1);
            return;
        }
        next[previous + 1] = column;
        previous = column;
        if (seen[column] == record) {
            values.report("the column '" + columns.name(column) + "' is there twice");
        }
        seen[column] = record;
        value += bytes[value] == ' ' ? 1 : 0;
        ColumnBuffer to = chunk.column(column);
        ValueType type = columns.valueType(column);
        int behind = type.isNumber() ? values.number(type, bytes, value, in.end(), to, chunk.row()) : -1;
        if (behind >= 0) {
            in.position(behind);
        } else {
            in.position(value);
            values.column(columns.name(column), type, to, chunk.row());
        }
    }

    /** The index after the name with this number, if it comes next; otherwise a negative number. */
    private int behind(int name, byte[] bytes, int at) {
        return name < 0 ? name : names.name(name).behind(bytes, at, in.end());
    }

    /** Reads a name and its colon. */
    private int name() throws IOException {
        tokens.next();
        int from = in.offset();
        int column = values.field(columns.names());
        if (column == FieldNames.UNKNOWN && unknown == UnknownColumns.BAD) {
            values.report("the table has no column " + tokens.shown(from));
        }
        int to = in.offset();
        tokens.expect(':');
        if (column != FieldNames.UNKNOWN) {
            names.learn(column, in.bytes(), in.index(from), in.position());
        } else if (unknown != UnknownColumns.BAD) {
            names.learnOther(in.bytes(), in.index(from), in.position());
            reportStray(from, to);
        }
        return column;
    }

    private void reportStray(int from, int to) {
        if (reported < MAX_REPORTED) {
            reported++;
            sink.stray(JsonStrings.decode(in.bytes(), in.index(from) + 1, in.index(to) - 1));
        }
    }

    private void recover(BadRecordException e) throws IOException {
        in.reset(firstLine);
        int first = in.peek();
        inText = !inArray && (inText || first != '{');
        int wanted = ownLine ? margin : ANY_MARGIN;
        ByteWindow.Passing passing = in.passing(MAX_RAW);
        End end = inText
                ? broken.passText(passing, ownLine)
                : broken.pass(passing, inArray, (at, c, structure) -> isEnd(wanted, at, c, structure));
        boolean withLine = end == End.WITH_LINE;
        separated = withLine || inText || first == ',';
        separatorMayFollow = withLine;
        inText &= withLine;
        ownLine = withLine;
        margin = inText ? 0 : margin;
        sink.bad(firstLine, e.getMessage(), passing.beginning());
    }

    /** Whether a broken record ends before a line with this margin and this first byte. */
    private boolean isEnd(int wanted, int at, int c, JsonStructure structure) throws IOException {
        margin = at;
        return switch (c) {
            case '{' -> wanted == ANY_MARGIN ? !structure.mayOpen() : margin == wanted || margin == wholeMargin;
            case ',' -> structure.isLost() || structure.inString() || (margin <= lineMargin && in.follows('{'));
            case ']' -> inArray && (wanted == ANY_MARGIN ? !structure.mayCloseArray() : margin <= wanted);
            case '[' -> {
                boolean another = inArray && margin == arrayMargin && !structure.mayOpen();
                inArray &= !another;
                yield another;
            }
            default -> false;
        };
    }
}
