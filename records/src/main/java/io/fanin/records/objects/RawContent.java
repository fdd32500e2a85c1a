package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Opens objects of text, decompressed to their ends: reading throws {@link ObjectDefectException} where a compressed object is not
 * whole, or other bytes follow it. The one place that decides how an object is compressed.
 */
public final class RawContent {

    private RawContent() {}

    /** Opens raw data in UTF-8. */
    public static InputStream open(ObjectSummary object, ObjectSource source) throws IOException {
        return open(object, source, StandardCharsets.UTF_8);
    }

    /**
     * Opens raw data as UTF-8. Its first bytes decide about the compression, not its name: gzip, zstd or none. The caller closes the
     * stream.
     *
     * @param charset of the text; bytes that it does not have become bytes that UTF-8 does not have
     */
    public static InputStream open(ObjectSummary object, ObjectSource source, Charset charset) throws IOException {
        InputStream text = decompressed(object, source, charset);
        return charset.equals(StandardCharsets.UTF_8) ? text : new DecodedText(text, charset);
    }

    private static InputStream decompressed(ObjectSummary object, ObjectSource source, Charset charset)
            throws IOException {
        if (object.size() == 0) {
            return InputStream.nullInputStream();
        }
        Opened opened = Opened.of(source.open(object));
        try {
            return switch (FirstBytes.of(opened.head())) {
                case GZIP -> new GzipContent(object, opened.body());
                case ZSTD -> new ZstdContent(object, opened.body());
                case TEXT -> opened.body();
                case FOREIGN -> foreign(object, opened, charset);
            };
        } catch (IOException | RuntimeException e) {
            opened.body().close();
            throw e;
        }
    }

    private static InputStream foreign(ObjectSummary object, Opened opened, Charset charset) {
        String found = FirstBytes.named(opened.head()).orElseThrow();
        if (!charset.equals(StandardCharsets.UTF_8) && FirstBytes.maySpellText(found)) {
            return opened.body();
        }
        throw wrongFormat(
                object,
                "is %s by its first bytes: expected text in %s, plain or in gzip or zstd"
                        .formatted(found, charset.name()));
    }

    /**
     * Opens an object as a table's readers do, who look at its name; its first bytes must say the same. The caller closes the stream.
     *
     * @param gzip whether its name ends in {@code .gz}
     */
    public static InputStream openNamed(ObjectSummary object, boolean gzip, ObjectSource source) throws IOException {
        Opened opened = Opened.of(source.open(object));
        try {
            if (gzip) {
                return text(object, opened);
            }
            String found = FirstBytes.named(opened.head()).orElse("");
            if (!found.isEmpty()) {
                throw wrongFormat(
                        object,
                        found.equals("gzip")
                                ? "is gzip but not named .gz, so readers take it for plain text: rename it"
                                : "is " + found + " by its first bytes, and readers take it for plain text: write it"
                                        + " again, as text in UTF-8, plain or in gzip");
            }
            return opened.body();
        } catch (IOException | RuntimeException e) {
            opened.body().close();
            throw e;
        }
    }

    private static InputStream text(ObjectSummary object, Opened opened) throws IOException {
        if (opened.head().length > 0 && FirstBytes.of(opened.head()) != FirstBytes.GZIP) {
            throw ObjectDefectException.ofObject(
                    object.key(),
                    FailureCode.BAD_GZIP,
                    " is named .gz and is not gzip by its first bytes: write it again, or rename it");
        }
        Opened text = Opened.of(new GzipContent(object, opened.body()));
        if (FirstBytes.of(text.head()) == FirstBytes.GZIP) {
            throw wrongFormat(object, "holds gzip within gzip, and readers decompress once: write it again");
        }
        return text.body();
    }

    private static ObjectDefectException wrongFormat(ObjectSummary object, String what) {
        return ObjectDefectException.ofObject(object.key(), FailureCode.WRONG_FORMAT, " " + what);
    }

    /** A stream whose first bytes were looked at; it gives them again. */
    private static final class Opened {

        private final byte[] head;
        private final ObjectBody body;

        private Opened(byte[] head, ObjectBody body) {
            this.head = head;
            this.body = body;
        }

        byte[] head() {
            return head;
        }

        ObjectBody body() {
            return body;
        }

        static Opened of(InputStream stream) throws IOException {
            PushbackInputStream in = new PushbackInputStream(stream, FirstBytes.COUNT);
            try {
                byte[] head = in.readNBytes(FirstBytes.COUNT);
                in.unread(head);
                return new Opened(head, new ObjectBody(in));
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        }
    }
}
