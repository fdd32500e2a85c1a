package io.fanin.records.raw;

import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveType.Characters;
import io.fanin.model.type.HiveType.Decimal;
import io.fanin.model.type.HiveType.Nested;
import io.fanin.model.type.HiveType.Scalar;
import io.fanin.model.type.HiveType.Single;
import io.fanin.records.raw.text.BadRecordException;
import java.io.IOException;
import java.util.Arrays;

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
        return switch (columns.type(column)) {
            case Scalar scalar -> Utf8.isWellFormed(bytes, from, to) && single(scalar, column, bytes, from, to);
            case Characters text -> Utf8.isWellFormed(bytes, from, to) && single(text, column, bytes, from, to);
            case Decimal decimal -> single(decimal, column, bytes, from, to);
            case Nested nested -> json(nested, column, Arrays.copyOfRange(bytes, from, to));
        };
    }

    private boolean single(Single type, int column, byte[] bytes, int from, int to) {
        boolean fits = scalars.read(type, bytes, from, to, value);
        if (fits) {
            value.set(type, sink.chunk().column(column), sink.chunk().row());
        }
        return fits;
    }

    /** A field that breaks JSON's grammar does not go with the type; the record around it is as sound as any. */
    private boolean json(HiveType type, int column, byte[] json) throws IOException {
        JsonTokens tokens = new JsonTokens(new ByteWindow(json));
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
