package io.fanin.records.objects;

import com.github.luben.zstd.ZstdInputStream;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Opens an object decompressed. Its first bytes decide about the compression, not its name: gzip, zstd or none. */
public final class RawContent {

    private static final int HEAD = 4;

    /** First bytes, in ISO 8859-1, of formats and encodings that are not supported. */
    private static final Map<String, String> FOREIGN = Map.of(
            "PAR1", "Parquet",
            "PK\3\4", "a zip archive",
            "BZh9", "bzip2",
            "\u00FD7zX", "xz",
            "\4\"M\u0018", "lz4",
            "Obj\1", "Avro",
            "\u00FF\u00FE", "UTF-16",
            "\u00FE\u00FF", "UTF-16");

    private RawContent() {}

    /** Opens the object; the caller closes the stream. */
    public static InputStream open(ObjectSummary object, ObjectSource source) throws IOException {
        if (object.size() == 0) {
            return InputStream.nullInputStream();
        }
        PushbackInputStream in = new PushbackInputStream(source.open(object), HEAD);
        try {
            byte[] head = in.readNBytes(HEAD);
            in.unread(head);
            return decompressed(object, new String(head, StandardCharsets.ISO_8859_1), new ObjectBody(in));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream decompressed(ObjectSummary object, String head, ObjectBody body) throws IOException {
        if (head.startsWith("\u001F\u008B")) {
            return new GzipContent(object, body);
        }
        if (head.equals("(\u00B5/\u00FD")) {
            return new Zstd(object, body);
        }
        for (Map.Entry<String, String> foreign : FOREIGN.entrySet()) {
            if (head.startsWith(foreign.getKey())) {
                throw UnsoundObjectException.ofObject(
                        object.key(),
                        Defect.WRONG_FORMAT,
                        " is " + foreign.getValue()
                                + " by its first bytes: expected text in UTF-8, plain or in gzip or zstd");
            }
        }
        return body;
    }

    /** Zstandard, all frames. Errors are reported as defects of the object. */
    private static final class Zstd extends BlockInputStream {

        private final InputStream in;
        private final ObjectSummary object;
        private final ObjectBody body;

        Zstd(ObjectSummary object, ObjectBody body) throws IOException {
            this.in = new ZstdInputStream(body);
            this.object = object;
            this.body = body;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw UnsoundObjectException.ofObject(
                        object.key(),
                        body.ended() ? Defect.TRUNCATED : Defect.BAD_ZSTD,
                        " is not sound zstd (%s, within the first %d bytes of %d): write it again"
                                .formatted(
                                        Printable.detail(String.valueOf(e.getMessage())), body.count(), object.size()),
                        e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
