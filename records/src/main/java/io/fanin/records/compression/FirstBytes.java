package io.fanin.records.compression;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises formats and compressions by an object's first bytes. */
public final class FirstBytes {

    private static final String ZLIB = "zlib";
    private static final String UTF_16 = "UTF-16";
    private static final String UTF_32 = "UTF-32";

    /** The number of bytes that are examined. */
    public static final int COUNT = 16;

    /**
     * Parquet's magic bytes, alone or followed by Thrift, padding, or the length of encrypted data, which is below 16
     * MiB.
     */
    private static final String PARQUET = "PAR1\\z|PAR[1E]([\\x00\\x15\\x19]|.{3}\\x00)";

    /**
     * Known compressions and formats that are not read, in ISO 8859-1. Patterns that begin with an ASCII word, except
     * PDF's, continue with a byte that no text has.
     */
    private static final List<Known> KNOWN = List.of(
            new Known("Parquet", PARQUET),
            new Known("a zip archive", "PK(\\x03\\x04|\\x05\\x06)"),
            new Known("lz4 in its legacy form", "\\x02!L\\x18"),
            new Known("lzop", "\u0089LZO\\x00"),
            new Known("compress (.Z)", "\\x1F[\u009D\u00A0]"),
            new Known(ZLIB, "x[\u009C\u00DA]"),
            new Known("7-Zip", "7z\u00BC\u00AF"),
            new Known("RAR", "Rar!\\x1A"),
            new Known("Avro", "Obj\\x01"),
            new Known("ORC", "ORC[\\x00-\\x08]"),
            new Known("Excel", "\u00D0\u00CF\\x11\u00E0"),
            new Known("PDF", "%PDF-"),
            new Known(UTF_32, "\u00FF\u00FE\\x00\\x00|\\x00\\x00\u00FE\u00FF"),
            new Known(UTF_16, "\u00FF\u00FE|\u00FE\u00FF"));

    private FirstBytes() {}

    private record Known(String name, Pattern begin) {

        Known(String name, String begin) {
            this(name, Pattern.compile("(?:" + begin + ").*", Pattern.DOTALL));
        }
    }

    /**
     * The compression or format, such as {@code gzip}; absent for text and unknown content.
     *
     * @param head the object's first {@link #COUNT} bytes, or all it has
     */
    public static Optional<String> named(byte[] head) {
        Compression compression = Compression.of(head);
        return compression == Compression.NONE ? foreign(head) : Optional.of(compression.label());
    }

    /** The compression or format, if it is one that is not read. */
    public static Optional<String> foreign(byte[] head) {
        String text = text(head);
        return KNOWN.stream()
                .filter(known -> known.begin().matcher(text).matches())
                .map(Known::name)
                .findFirst();
    }

    /** Whether an object recognised under this name may be text in another charset than UTF-8. */
    public static boolean maySpellText(String name) {
        return Set.of(ZLIB, UTF_16, UTF_32).contains(name);
    }

    /** The bytes decoded as ISO 8859-1. */
    static String text(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1);
    }
}
