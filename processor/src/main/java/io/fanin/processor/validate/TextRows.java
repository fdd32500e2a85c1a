package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.GzipContent;
import io.fanin.records.objects.ObjectBody;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.raw.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.OptionalLong;

/** Reads one text object to its end, decompressed where its name says so. */
final class TextRows {
    /** Counts the records of a text (empty where readers do not agree on them), or throws {@link UnsoundObjectException} at the first bad one. */
    interface Records {
        OptionalLong count(Lines lines) throws IOException;
    }

    private static final int GZIP_MAGIC = 0x1F8B;

    private TextRows() {}

    /** The object's records. Failing to fetch its bytes is an {@link java.io.UncheckedIOException}: try again. */
    static OptionalLong count(ObjectSummary object, ObjectSource source, boolean gzip, Records records)
            throws IOException {
        try (ObjectBody body = new ObjectBody(source.open(object));
                InputStream content = gzip ? new GzipContent(object, body) : body) {
            try {
                return records.count(new Lines(notGzip(object, content, gzip)));
            } catch (UnsoundObjectException e) {
                if (gzip && e.defect() == Defect.BAD_RECORD) {
                    // Damaged gzip reads as bad records until its CRC is reached: that is then what to report.
                    content.transferTo(OutputStream.nullOutputStream());
                }
                throw e;
            }
        }
    }

    private static InputStream notGzip(ObjectSummary object, InputStream content, boolean decompressed)
            throws IOException {
        PushbackInputStream text = new PushbackInputStream(content, 2);
        byte[] start = text.readNBytes(2);
        text.unread(start);
        if (start.length == 2 && ((start[0] & 0xFF) << 8 | (start[1] & 0xFF)) == GZIP_MAGIC) {
            throw new UnsoundObjectException(
                    Defect.WRONG_FORMAT,
                    object.key(),
                    "object " + Printable.key(object.key())
                            + (decompressed
                                    ? " holds gzip within gzip, and readers decompress once: write it again"
                                    : " is gzip but not named .gz, so readers take it for plain text: rename it"));
        }
        return text;
    }
}
