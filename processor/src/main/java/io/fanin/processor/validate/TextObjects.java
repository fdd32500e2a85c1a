package io.fanin.processor.validate;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.Defect;
import io.fanin.records.objects.GzipContent;
import io.fanin.records.objects.ObjectBody;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.UnsoundObjectException;
import io.fanin.records.raw.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Map;
import java.util.OptionalLong;

/** Reads objects of text to their ends, one after the other, decompressed where their names say so, and counts their records. */
final class TextObjects implements ObjectsCheck {

    private static final int GZIP_MAGIC = 0x1F8B;

    private final ObjectSource source;
    private final Format format;
    private OptionalLong rows = OptionalLong.of(0);

    TextObjects(ObjectSource source, Format format) {
        this.source = source;
        this.format = format;
    }

    /** Counts the records of a text (empty where readers do not agree on them), or throws {@link UnsoundObjectException} at the first bad one. */
    interface Format {
        OptionalLong count(ObjectSummary object, Lines lines) throws IOException;
    }

    @Override
    public void add(ObjectSummary object, boolean gzip) throws IOException {
        OptionalLong own = count(object, gzip);
        rows = rows.isPresent() && own.isPresent()
                ? OptionalLong.of(rows.getAsLong() + own.getAsLong())
                : OptionalLong.empty();
    }

    private OptionalLong count(ObjectSummary object, boolean gzip) throws IOException {
        try (ObjectBody body = new ObjectBody(source.open(object));
                InputStream content = gzip ? new GzipContent(object, body) : body) {
            try {
                return format.count(object, new Lines(notGzip(object, content, gzip)));
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
            throw UnsoundObjectException.ofObject(
                    object.key(),
                    Defect.WRONG_FORMAT,
                    decompressed
                            ? " holds gzip within gzip, and readers decompress once: write it again"
                            : " is gzip but not named .gz, so readers take it for plain text: rename it");
        }
        return text;
    }

    @Override
    public Found end() {
        return new Found(rows, Map.of());
    }
}
