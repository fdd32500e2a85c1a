package io.fanin.records.raw;

import java.util.Arrays;
import java.util.List;

/**
 * Recognises records that repeat the header, as in an object joined from several. Only for two or more columns, all of
 * text: a number cannot hold a name, and a single text may well equal its column's name.
 *
 * @param names as they are written, the first of them without a byte order mark
 */
record RepeatedHeader(List<byte[]> names) {

    static final RepeatedHeader NONE = new RepeatedHeader(List.of());

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    RepeatedHeader {
        names = List.copyOf(names);
    }

    boolean isPossible() {
        return names.size() > 1;
    }

    /** Whether the last field is the name at its position. */
    boolean has(int place, CsvFields field) {
        if (place >= names.size()) {
            return false;
        }
        byte[] name = names.get(place);
        int from = field.from();
        int more = field.to() - from - name.length;
        if (place == 0 && more == MARK.length && Arrays.equals(field.bytes(), from, from + more, MARK, 0, more)) {
            from += more;
            more = 0;
        }
        return more == 0 && Arrays.equals(field.bytes(), from, field.to(), name, 0, name.length);
    }
}
