package io.fanin.processor.validate;

import io.fanin.core.inventory.ObjectSummary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The two ends of a Parquet object: {@code PAR1}, and {@code footer, its length in 4 bytes (little endian), PAR1}
 * (parquet-format, "File format"). Twelve bytes are read, whatever the object's size; the footer is not decoded.
 */
final class ParquetEnds {
    private static final int MAGIC_LENGTH = 4;
    private static final int TRAILER_LENGTH = 8;
    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";

    private final ObjectSummary object;

    private ParquetEnds(ObjectSummary object) {
        this.object = object;
    }

    /** @throws UnsoundObjectException {@link Defect#BAD_PARQUET} */
    static void check(ObjectSummary object, ObjectSource source) {
        new ParquetEnds(object).check(source);
    }

    private void check(ObjectSource source) {
        long size = object.size();
        if (size < MAGIC_LENGTH + TRAILER_LENGTH) {
            throw bad("has %d bytes: expected at least %d".formatted(size, MAGIC_LENGTH + TRAILER_LENGTH));
        }
        requireMagic("begins", magic(source.range(object, 0, MAGIC_LENGTH - 1), 0));
        byte[] trailer = source.range(object, size - TRAILER_LENGTH, size - 1);
        requireMagic("ends", magic(trailer, TRAILER_LENGTH - MAGIC_LENGTH));
        int footer = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getInt();
        long room = size - MAGIC_LENGTH - TRAILER_LENGTH;
        if (footer <= 0 || footer > room) {
            throw bad("says that its footer has %d bytes: expected 1 to %d".formatted(footer, room));
        }
    }

    private void requireMagic(String where, String magic) {
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw bad("%s with PARE: its footer is encrypted, and the table's readers have no key".formatted(where));
        }
        if (!magic.equals(MAGIC)) {
            throw bad("%s with '%s': expected 'PAR1'".formatted(where, Printable.detail(magic)));
        }
    }

    private static String magic(byte[] bytes, int offset) {
        return new String(bytes, offset, MAGIC_LENGTH, StandardCharsets.ISO_8859_1);
    }

    private UnsoundObjectException bad(String what) {
        return new UnsoundObjectException(
                Defect.BAD_PARQUET,
                object.key(),
                "object %s is no sound Parquet: it %s; write it again".formatted(Printable.key(object.key()), what));
    }
}
