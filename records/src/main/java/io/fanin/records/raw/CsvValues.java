package io.fanin.records.raw;

import io.fanin.records.duckdb.ColumnBuffer;
import io.fanin.records.raw.text.BadRecordException;
import io.fanin.records.raw.value.NumberText;
import io.fanin.records.raw.value.ScalarValue;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;

/** Sets values of the record being written from fields of CSV. A field that is not a single value holds JSON. */
final class CsvValues {

    private final Scalars scalars;
    private final NumberText numbers;
    private final ScalarValue value = new ScalarValue();

    CsvValues(Scalars scalars) {
        this.scalars = scalars;
        this.numbers = scalars.number();
    }

    /** The required notation of a type's values, for a message. */
    String form(ValueType type) {
        return scalars.form(type);
    }

    /** Sets a value to the next field if it is a plain number that the type holds, and skips the field. */
    boolean number(ValueType type, CsvFields field, ColumnBuffer to, int row) {
        int end = field.number(numbers);
        boolean is = end >= 0 && numbers.set(type, to, row);
        if (is) {
            field.passNumber(end);
        }
        return is;
    }

    /** Sets a value to the last field if it matches the type; returns whether it does. */
    boolean set(ValueType type, CsvFields field, ColumnBuffer to, int row) throws IOException {
        byte[] bytes = field.bytes();
        int from = field.from();
        int end = field.to();
        if (type.isNested()) {
            return json(type, bytes, from, end, to, row);
        }
        if (type.isText() && !field.isAscii() && !Utf8.isWellFormed(bytes, from, end)) {
            return false;
        }
        if (type.kind() == ValueType.Kind.STRING) {
            to.setText(row, bytes, from, end - from);
            return true;
        }
        boolean fits = scalars.read(type, bytes, from, end, value);
        if (fits) {
            value.set(type, to, row);
        }
        return fits;
    }

    /**
     * Parses a field of nested values. A field with invalid JSON does not match the type, but the record around it is
     * intact.
     */
    private boolean json(ValueType type, byte[] bytes, int from, int end, ColumnBuffer to, int row) throws IOException {
        JsonTokens tokens = new JsonTokens(new ByteWindow(bytes, from, end));
        JsonValues values = new JsonValues(tokens, scalars);
        try {
            values.column("", type, to, row);
            return tokens.next() < 0 && values.problem().isEmpty();
        } catch (BadRecordException e) {
            return false;
        }
    }
}
