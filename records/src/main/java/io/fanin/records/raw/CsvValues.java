package io.fanin.records.raw;

import io.fanin.records.duckdb.Chunk;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.value.ScalarValue;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;

/** Sets values of the record being written from fields of CSV. A field that is not a single value holds JSON. */
final class CsvValues {

    private final Columns columns;
    private final Scalars scalars;
    private final RecordSink sink;
    private final ScalarValue value = new ScalarValue();

    CsvValues(Columns columns, Scalars scalars, RecordSink sink) {
        this.columns = columns;
        this.scalars = scalars;
        this.sink = sink;
    }

    /** Sets a column's value if the field matches its type; returns whether it does. */
    boolean set(int column, byte[] bytes, int from, int to) throws IOException {
        ValueType type = columns.valueType(column);
        if (type.isNested()) {
            return json(type, column, bytes, from, to);
        }
        return (!type.isText() || Utf8.isWellFormed(bytes, from, to)) && single(type, column, bytes, from, to);
    }

    /**
     * Sets a column's value to a plain number that begins there, if the column has one; returns where the number ends, or -1.
     * Whether the field ends there, too, is not known.
     */
    int number(int column, byte[] bytes, int from, int end) {
        ValueType type = columns.valueType(column);
        int behind = type.isNumber() ? scalars.number().readJson(bytes, from, end) : -1;
        Chunk chunk = sink.chunk();
        return behind >= 0 && scalars.number().set(type, chunk.column(column), chunk.row()) ? behind : -1;
    }

    private boolean single(ValueType type, int column, byte[] bytes, int from, int to) {
        boolean fits = scalars.read(type, bytes, from, to, value);
        if (fits) {
            value.set(type, sink.chunk().column(column), sink.chunk().row());
        }
        return fits;
    }

    /** A field that breaks JSON's grammar does not go with the type; the record around it is as sound as any. */
    private boolean json(ValueType type, int column, byte[] bytes, int from, int to) throws IOException {
        JsonTokens tokens = new JsonTokens(new ByteWindow(bytes, from, to));
        JsonValues values = new JsonValues(tokens, scalars);
        try {
            values.column(
                    columns.name(column),
                    type,
                    sink.chunk().column(column),
                    sink.chunk().row());
            return tokens.next() < 0 && values.problem().isEmpty();
        } catch (BadRecordException e) {
            return false;
        }
    }
}
