package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.parquet.ParquetHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of a Parquet object: {@code footer, its length in 4 bytes (little endian), PAR1} (parquet-format, "File
 * format"). Read with one request, and a second one for the missing part of a longer footer.
 */
final class FooterTail {

    /** Bytes of the first request: most footers are shorter. */
    static final int TAIL = 64 << 10;

    static final int MAX_FOOTER = ParquetHeaders.MOST_FOOTER;

    private static final int MAGIC_LENGTH = 4;
    private static final int TRAILER_LENGTH = 8;
    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";

    private final ObjectSummary object;
    private final byte[] tail;
    private final int footer;

    private FooterTail(ObjectSummary object, byte[] tail) {
        this.object = object;
        this.tail = tail;
        this.footer = footerLength();
    }

    /** @throws UnsoundObjectException {@link Defect#BAD_PARQUET} when this is not the end of a Parquet file */
    static FooterTail read(ObjectSource source, ObjectSummary object) {
        long size = object.size();
        if (size < MAGIC_LENGTH + TRAILER_LENGTH) {
            throw bad(object, "has %d bytes: expected at least %d".formatted(size, MAGIC_LENGTH + TRAILER_LENGTH));
        }
        return new FooterTail(object, source.range(object, Math.max(0, size - TAIL), size - 1));
    }

    ObjectSummary object() {
        return object;
    }

    /** Writes a sparse file of the object's length that contains only its footer. */
    void write(ObjectSource source, Path file) throws IOException {
        int missing = footer + TRAILER_LENGTH - tail.length;
        long from = object.size() - footer - TRAILER_LENGTH;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            if (missing > 0) {
                writeAll(channel, ByteBuffer.wrap(source.range(object, from, from + missing - 1)), from);
            }
            writeAll(channel, ByteBuffer.wrap(tail), object.size() - tail.length);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    private int footerLength() {
        String magic = new String(tail, tail.length - MAGIC_LENGTH, MAGIC_LENGTH, StandardCharsets.ISO_8859_1);
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw bad(object, "ends with PARE: its footer is encrypted, and the table's readers have no key");
        }
        if (!magic.equals(MAGIC)) {
            throw bad(object, "does not end with 'PAR1'");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TRAILER_LENGTH);
        long room = object.size() - MAGIC_LENGTH - TRAILER_LENGTH;
        if (length <= 0 || length > room) {
            throw bad(object, "says that its footer has %d bytes: expected 1 to %d".formatted(length, room));
        }
        if (length > MAX_FOOTER) {
            throw bad(
                    object,
                    "has a footer of %d bytes: expected at most %d, with fewer row groups or columns"
                            .formatted(length, MAX_FOOTER));
        }
        return length;
    }

    static UnsoundObjectException bad(ObjectSummary object, String what) {
        return new UnsoundObjectException(
                Defect.BAD_PARQUET,
                object.key(),
                "object %s is no sound Parquet: it %s; write it again".formatted(Printable.key(object.key()), what));
    }
}
