package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.compression.Compression;
import io.fanin.records.compression.FirstBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Opens objects of text, decompressed to their ends: reading throws {@link ObjectDefectException} where a compressed
 * object is not whole, or other bytes follow it. The one place that decides how an object is compressed.
 */
public final class RawContent {

    private static final String LABELS = Arrays.stream(Compression.values())
            .filter(one -> one != Compression.NONE)
            .map(Compression::label)
            .collect(Collectors.joining(", "));

    private RawContent() {}

    /**
     * Opens raw data as UTF-8. Its first bytes, not its name, determine the compression. The caller closes the stream.
     *
     * @param charset of the text; bytes that are invalid in it become bytes that are invalid in UTF-8
     * @param check is called before each block, of the object and of what it is decompressed to; throws to end the
     *     reading
     */
    public static InputStream open(ObjectSummary object, ObjectSource source, Charset charset, Runnable check)
            throws IOException {
        InputStream text = decompressed(object, source, charset, check);
        return charset.equals(StandardCharsets.UTF_8) ? text : new DecodedText(text, charset);
    }

    private static InputStream decompressed(ObjectSummary object, ObjectSource source, Charset charset, Runnable check)
            throws IOException {
        if (object.size() == 0) {
            return InputStream.nullInputStream();
        }
        Opened opened = Opened.of(new WatchedContent(source.open(object), check));
        try {
            Compression compression = Compression.of(opened.head());
            if (compression != Compression.NONE) {
                return new WatchedContent(CompressedContent.of(compression, object, opened.body()), check);
            }
            FirstBytes.foreign(opened.head()).ifPresent(found -> requireText(object, found, charset));
            return opened.body();
        } catch (RuntimeException e) {
            opened.body().close();
            throw e;
        }
    }

    private static void requireText(ObjectSummary object, String found, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8) || !FirstBytes.maySpellText(found)) {
            throw wrongFormat(
                    object,
                    "is %s by its first bytes: expected text in %s, plain or compressed by %s"
                            .formatted(found, charset.name(), LABELS));
        }
    }

    /**
     * Opens an object as a table's readers do, which go by its name; its first bytes must agree. The caller closes the
     * stream.
     *
     * @param named the compression according to its name
     * @param check is called before each block, of the object and of what it is decompressed to; throws to end the
     *     reading
     */
    public static InputStream openNamed(ObjectSummary object, Compression named, ObjectSource source, Runnable check)
            throws IOException {
        Opened opened = Opened.of(new WatchedContent(source.open(object), check));
        try {
            if (named != Compression.NONE) {
                return text(named, object, opened, check);
            }
            FirstBytes.named(opened.head()).ifPresent(found -> {
                throw wrongFormat(object, misnamed(found, Compression.of(opened.head())));
            });
            return opened.body();
        } catch (IOException | RuntimeException e) {
            opened.body().close();
            throw e;
        }
    }

    private static String misnamed(String found, Compression compression) {
        return compression
                .extension()
                .map(extension -> "is %s but not named .%s, so readers take it for plain text: rename it"
                        .formatted(found, extension))
                .orElse("is " + found
                        + " by its first bytes, and readers take it for plain text: write it again, as text in"
                        + " UTF-8, plain or in gzip");
    }

    private static InputStream text(Compression named, ObjectSummary object, Opened opened, Runnable check)
            throws IOException {
        boolean isNamed = Compression.of(opened.head()) == named;
        if (opened.head().length > 0 && !isNamed) {
            throw ObjectDefectException.ofObject(
                    object.key(),
                    named.damage(),
                    " is named .%s and is not %s by its first bytes: write it again, or rename it"
                            .formatted(named.extension().orElseThrow(), named.label()));
        }
        Opened text = Opened.of(new WatchedContent(CompressedContent.ofTable(named, object, opened.body()), check));
        Compression within = Compression.of(text.head());
        if (within != Compression.NONE) {
            throw wrongFormat(
                    object,
                    "holds %s within %s, and readers decompress once: write it again"
                            .formatted(within.label(), named.label()));
        }
        return text.body();
    }

    private static ObjectDefectException wrongFormat(ObjectSummary object, String what) {
        return ObjectDefectException.ofObject(object.key(), FailureCode.WRONG_FORMAT, " " + what);
    }

    /** A stream whose first bytes were examined, and are returned again. */
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
