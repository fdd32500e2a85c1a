package io.fanin.processor.convert;

import io.fanin.core.table.CsvOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits CSV into records and fields. Where fields may be quoted, a doubled quote and a quote after a backslash are one
 * quote and a doubled backslash is one, as OpenCSVSerde reads; a quoted field may have line ends in it.
 */
final class CsvFields {

    /** What stands for a null where it is not quoted, as LazySimpleSerDe has it; nothing at all does too. */
    private static final byte[] NULL = {'\\', 'N'};

    private final ByteWindow in;
    private final CsvOptions options;
    private final Bytes content = new Bytes();
    private final List<Field> fields = new ArrayList<>();

    CsvFields(ByteWindow in, CsvOptions options) {
        this.in = in;
        this.options = options;
    }

    /** A field of the record read last: a range of {@link CsvFields#bytes()}. */
    record Field(int from, int to, boolean quoted) {}

    List<Field> fields() {
        return fields;
    }

    byte[] bytes() {
        return content.bytes();
    }

    boolean isNull(Field field) {
        int length = field.to() - field.from();
        return !field.quoted()
                && (length == 0
                        || (length == 2 && bytes()[field.from()] == NULL[0] && bytes()[field.from() + 1] == NULL[1]));
    }

    /**
     * Reads the next record, and passes over lines with nothing on them.
     *
     * @return whether there was one
     * @throws BadRecordException when its quotes are never closed
     */
    boolean next() throws IOException {
        in.mark();
        while (in.peek() == '\n' || in.peek() == '\r') {
            in.read();
            in.mark();
        }
        if (in.peek() < 0) {
            return false;
        }
        content.reset();
        fields.clear();
        int c = field();
        while (c == options.delimiter()) {
            c = field();
        }
        return true;
    }

    /** Reads a field and what ends it. */
    private int field() throws IOException {
        int from = content.size();
        boolean quoted = options.quoted() && in.peek() == '"';
        int c = quoted ? afterQuotes() : in.read();
        while (c >= 0 && c != options.delimiter() && c != '\n') {
            content.write(c);
            c = in.read();
        }
        int to = content.size();
        if (c != options.delimiter() && to > from && content.bytes()[to - 1] == '\r') {
            to--;
        }
        fields.add(new Field(from, to, quoted));
        return c;
    }

    private int afterQuotes() throws IOException {
        in.skip();
        for (int c = in.read(); c >= 0; c = in.read()) {
            int next = in.peek();
            if (c == '"' && next != '"') {
                return in.read();
            }
            if (c == '"' || (c == '\\' && (next == '"' || next == '\\'))) {
                c = in.read();
            }
            content.write(c);
        }
        throw new BadRecordException("a quote is never closed");
    }

    /** A stream of bytes that are looked at where they lie. */
    private static final class Bytes extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
