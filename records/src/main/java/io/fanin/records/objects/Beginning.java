package io.fanin.records.objects;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** The beginning of an object that holds text, decompressed as far as it goes. */
public final class Beginning {

    private static final int BLOCK = 8192;

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

    /** Whether it is all of the object's text. */
    public boolean isWhole() {
        return isWhole;
    }

    /** What an object is that is not read here, such as {@code ORC}; {@code head} is its first bytes. */
    public static Optional<String> foreign(byte[] head) {
        return FirstBytes.foreign(Arrays.copyOf(head, Math.min(head.length, FirstBytes.COUNT)))
                .filter(name -> !FirstBytes.maySpellText(name));
    }

    /**
     * Decompresses a beginning.
     *
     * @param isWhole whether it is all of the object
     * @param most bytes of the text
     * @throws IOException if nothing can be decompressed, or a whole object is damaged; the message says why
     */
    public static Beginning of(byte[] stored, boolean isWhole, int most) throws IOException {
        Compression compression = Compression.of(Arrays.copyOf(stored, Math.min(stored.length, FirstBytes.COUNT)));
        if (compression == Compression.NONE) {
            return new Beginning(compression, stored, isWhole);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] block = new byte[BLOCK];
        try (InputStream in = compression.decompressing(new ByteArrayInputStream(stored))) {
            int read = in.read(block);
            while (read >= 0 && text.size() < most) {
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
