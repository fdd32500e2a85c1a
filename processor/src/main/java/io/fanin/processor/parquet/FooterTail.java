package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.parquet.ByteRanges;
import io.fanin.records.parquet.ParquetHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The end of a Parquet object: {@code footer, its length in 4 bytes (little endian), PAR1} (parquet-format, "File
 * format"). Read with one request, and a second one for the missing part of a longer footer.
 */
final class FooterTail {

    /** Bytes of the first request: most footers are shorter. */
    static final int TAIL = 64 << 10;

    static final int MAX_FOOTER = ParquetHeaders.MAX_FOOTER;

    private static final int MAGIC_LENGTH = 4;
    private static final int TRAILER_LENGTH = 8;
    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";

    private final ObjectSummary object;
    private final byte[] tail;
    private final int length;

    private FooterTail(ObjectSummary object, byte[] tail, int length) {
        this.object = object;
        this.tail = tail;
        this.length = length;
    }

    /** @throws ObjectDefectException {@link FailureCode#BAD_PARQUET} if this is not the end of a Parquet file */
    static FooterTail read(ObjectSource source, ObjectSummary object) {
        long size = object.size();
        if (size < MAGIC_LENGTH + TRAILER_LENGTH) {
            throw bad(object, "has %d bytes: expected at least %d".formatted(size, MAGIC_LENGTH + TRAILER_LENGTH));
        }
        byte[] tail = source.range(object, Math.max(0, size - TAIL), size - 1);
        requireMagic(object, new String(tail, tail.length - MAGIC_LENGTH, MAGIC_LENGTH, StandardCharsets.ISO_8859_1));
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TRAILER_LENGTH);
        long room = size - MAGIC_LENGTH - TRAILER_LENGTH;
        if (length <= 0 || length > room) {
            throw bad(object, "says that its footer has %d bytes: expected 1 to %d".formatted(length, room));
        }
        if (length > MAX_FOOTER) {
            throw bad(
                    object,
                    "has a footer of %d bytes: expected at most %d, with fewer row groups or columns"
                            .formatted(length, MAX_FOOTER));
        }
        return new FooterTail(object, tail, length);
    }

    private static void requireMagic(ObjectSummary object, String magic) {
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw bad(object, "ends with PARE: its footer is encrypted, and the table's readers have no key");
        }
        if (!magic.equals(MAGIC)) {
            throw bad(object, "does not end with 'PAR1'");
        }
    }

    ObjectSummary object() {
        return object;
    }

    byte[] footer(ObjectSource source) {
        int missing = length + TRAILER_LENGTH - tail.length;
        if (missing <= 0) {
            return Arrays.copyOfRange(tail, -missing, -missing + length);
        }
        long from = object.size() - length - TRAILER_LENGTH;
        return ByteBuffer.allocate(length)
                .put(source.range(object, from, from + missing - 1))
                .put(tail, 0, length - missing)
                .array();
    }

    /** The object's bytes. Those outside the fetched tail take a request. */
    ByteRanges ranges(ObjectSource source) {
        long begin = object.size() - tail.length;
        return (at, count) -> at < begin
                ? source.range(object, at, at + count - 1)
                : Arrays.copyOfRange(tail, (int) (at - begin), (int) (at - begin) + count);
    }

    /** Writes a sparse file of the object's length that contains only its footer. */
    void write(byte[] footer, Path file) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(length + TRAILER_LENGTH)
                .put(footer)
                .put(tail, tail.length - TRAILER_LENGTH, TRAILER_LENGTH)
                .flip();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.position(object.size() - end.remaining());
            while (end.hasRemaining()) {
                channel.write(end);
            }
        }
    }

    static ObjectDefectException bad(ObjectSummary object, String what) {
        return ObjectDefectException.ofObject(
                object.key(), FailureCode.BAD_PARQUET, " is not sound Parquet: it " + what + "; write it again");
    }
}
