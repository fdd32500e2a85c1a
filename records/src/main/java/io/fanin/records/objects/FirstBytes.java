package io.fanin.records.objects;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an object is by its first bytes. */
enum FirstBytes {
    GZIP("gzip"),
    ZSTD("zstd"),
    /** A compression or a format that is known and not read. */
    FOREIGN(""),
    /** Nothing that is known: a text, unless it is something else. */
    TEXT("text");

    private static final String ZLIB = "zlib";
    private static final String UTF_16 = "UTF-16";
    private static final String UTF_32 = "UTF-32";

    /** Bytes that are looked at. */
    static final int COUNT = 16;

    private static final Pattern ZSTD_MAGIC = Pattern.compile("\\(\u00B5/\u00FD.*|[P-_]\\*M\\x18.*", Pattern.DOTALL);

    /** Of an object that is no longer than that. */
    private static final Pattern CUT_GZIP = Pattern.compile("\\x1F");

    private static final Pattern CUT_ZSTD = Pattern.compile("\\((\u00B5/?)?|[P-_]\\*M?");

    /** In ISO 8859-1. What is a word in ASCII goes on with a byte that no text has. */
    private static final List<Known> KNOWN = List.of(
            new Known("Parquet", "PAR[1E]"),
            new Known("a zip archive", "PK(\\x03\\x04|\\x05\\x06)"),
            new Known("bzip2", "BZh[1-9](1AY&SY|\\x17rE8P\u0090)"),
            new Known("xz", "\u00FD7zXZ\\x00"),
            new Known("lz4", "(\\x04\"M|\\x02!L)\\x18"),
            new Known("snappy", "\u00FF\\x06\\x00\\x00sNaPpY"),
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

    private final String label;

    FirstBytes(String label) {
        this.label = label;
    }

    private record Known(String name, Pattern begin) {

        Known(String name, String begin) {
            this(name, Pattern.compile("(?:" + begin + ").*", Pattern.DOTALL));
        }
    }

    /** What it is for a message; empty for a text. */
    static Optional<String> named(byte[] head) {
        FirstBytes first = of(head);
        if (first == FOREIGN) {
            String text = text(head);
            return KNOWN.stream()
                    .filter(known -> known.begin().matcher(text).matches())
                    .map(Known::name)
                    .findFirst();
        }
        return first == TEXT ? Optional.empty() : Optional.of(first.label);
    }

    /** Whether what is known by this name may be a text in another charset than UTF-8. */
    static boolean maySpellText(String name) {
        return Set.of(ZLIB, UTF_16, UTF_32).contains(name);
    }

    /** @param head the object's first {@link #COUNT} bytes, or all it has */
    static FirstBytes of(byte[] head) {
        String text = text(head);
        if (text.startsWith("\u001F\u008B") || CUT_GZIP.matcher(text).matches()) {
            return GZIP;
        }
        if (ZSTD_MAGIC.matcher(text).matches() || CUT_ZSTD.matcher(text).matches()) {
            return ZSTD;
        }
        return KNOWN.stream().anyMatch(known -> known.begin().matcher(text).matches()) ? FOREIGN : TEXT;
    }

    private static String text(byte[] head) {
        return new String(head, StandardCharsets.ISO_8859_1);
    }
}
