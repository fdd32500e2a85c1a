package io.fanin.records.objects;

import io.fanin.records.compression.Compression;
import io.fanin.records.compression.FirstBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/** The beginning of an object that holds text, decompressed as far as it goes. */
public final class Beginning {

    private static final int BLOCK = 8192;

    /** The number of bytes after which decompression stops. */
    private static final int MAX_TEXT = 4 << 20;

    private final Compression compression;
    private final byte[] text;
    private final boolean isWhole;

    private Beginning(Compression compression, byte[] text, boolean isWhole) {
        this.compression = compression;
        this.text = text;
        this.isWhole = isWhole;
    }

    /** The object's compression, by its first bytes. */
    public Compression compression() {
        return compression;
    }

    /** The text, decompressed; not a copy. */
    public byte[] text() {
        return text;
    }

    /** Whether this is the object's complete text. */
    public boolean isWhole() {
        return isWhole;
    }

    /** The whole lines of the text, without a byte order mark. */
    public String lines(Charset charset) {
        String all = charset.decode(ByteBuffer.wrap(text)).toString();
        String lines = isWhole ? all : all.substring(0, all.lastIndexOf('\n') + 1);
        return lines.startsWith("\uFEFF") ? lines.substring(1) : lines;
    }

    /**
     * The format or compression of an object that is not read here, such as {@code ORC}; {@code head} is its first
     * bytes.
     */
    public static Optional<String> foreign(byte[] head) {
        return FirstBytes.foreign(Arrays.copyOf(head, Math.min(head.length, FirstBytes.COUNT)))
                .filter(name -> !FirstBytes.maySpellText(name));
    }

    /**
     * Decompresses a beginning.
     *
     * @param isWhole whether it is all of the object
     * @throws IOException if nothing can be decompressed, or a whole object is damaged; the message says why
     */
    public static Beginning of(byte[] stored, boolean isWhole) throws IOException {
        Compression compression = Compression.of(Arrays.copyOf(stored, Math.min(stored.length, FirstBytes.COUNT)));
        if (compression == Compression.NONE) {
            return new Beginning(compression, stored, isWhole);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        try (InputStream in = compression.decompressing(new ByteArrayInputStream(stored))) {
            int read = in.read(block);
            while (read >= 0 && text.size() < MAX_TEXT) {
                text.write(block, 0, read);
                read = in.read(block);
            }
            return new Beginning(compression, text.toByteArray(), isWhole && read < 0);
        } catch (IOException e) {
            if (isWhole || text.size() == 0) {
                throw e;
            }
            return new Beginning(compression, text.toByteArray(), false); // The rest was not asked for.
        }
    }
}
