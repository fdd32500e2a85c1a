package io.fanin.records.parquet;

import io.fanin.records.objects.Printable;
import java.io.EOFException;
import java.io.IOException;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/**
 * Checks the content of a column's data pages where DuckDB trusts it: levels of values in lists, which it does not hold
 * against the rows of the row group when it filters, and lengths that are stored as differences, which make it write
 * outside its memory, and whether a page decompresses into all that it should. The rest it checks itself.
 */
final class PageContents {

    /** The number of values between two checks of the deadline: a few bytes may encode any number of values. */
    private static final int VALUES_PER_CHECK = 1 << 20;

    private final HeaderStructs file;
    private final FieldLevels levels;
    private final CompressionCodec codec;

    /** For each list that the column is inside of: the definition level from which on it has an element. */
    private final int[] elements;

    private final long[] counts;

    private final long[] hashes;
    private long rows;
    private boolean isRead = true;

    /** The definition level of the value before. */
    private int before;

    PageContents(HeaderStructs file, ParquetField leaf, CompressionCodec codec) {
        this.file = file;
        this.levels = leaf.levels();
        this.codec = codec;
        this.elements = levels.lists().stream()
                .mapToInt(FieldLevels.Repeated::definition)
                .toArray();
        this.counts = new long[levels.repetition()];
        this.hashes = new long[levels.repetition()];
    }

    /**
     * Checks the next page.
     *
     * @param at where it begins, behind its header
     */
    void check(HeaderPlace place, PageHeader header, long at) throws IOException {
        try {
            try (PageBytes page = new PageBytes(file, header, levels, codec, at)) {
                if (!page.isReadable()) {
                    isRead = false;
                    return;
                }
                page.requireLength();
            }
            if (header.getType() != PageType.DICTIONARY_PAGE) {
                checkData(header, at);
            }
        } catch (MalformedPageException e) {
            throw place.corrupt(e.getMessage());
        } catch (EOFException e) {
            throw place.corrupt("ends before its values");
        } catch (IOException e) {
            throw place.corrupt(
                    "cannot be decompressed (%s)".formatted(Printable.prose(String.valueOf(e.getMessage()))));
        }
    }

    private void checkData(PageHeader header, long at) throws IOException {
        int present;
        Encoding encoding;
        try (PageBytes page = new PageBytes(file, header, levels, codec, at)) {
            encoding = page.encoding();
            present = levels.repetition() > 0 || isDelta(encoding) ? present(page) : 0;
        }
        try (PageBytes page = new PageBytes(file, header, levels, codec, at)) {
            checkValues(page, encoding, present);
        }
    }

    private static boolean isDelta(Encoding encoding) {
        return encoding == Encoding.DELTA_BINARY_PACKED
                || encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY
                || encoding == Encoding.DELTA_BYTE_ARRAY;
    }

    private void checkValues(PageBytes page, Encoding encoding, int present) throws IOException {
        switch (encoding) {
            case DELTA_BINARY_PACKED -> {
                if (present > 0) {
                    deltas(page.values(), present).skip();
                }
            }
            case DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY -> {
                BoundedInputStream values = page.values();
                if (present == 0 && values.getRemaining() == 0) {
                    return;
                }
                long bytes = encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY
                        ? lengths(values, present)
                        : suffixes(page, values, present);
                if (bytes > values.getRemaining()) {
                    throw new MalformedPageException(
                            "has texts of %d bytes, where %d are left".formatted(bytes, values.getRemaining()));
                }
            }
            default -> {}
        }
    }

    /**
     * Checks, once all pages were, that they had as many rows as the row group, and lists as long as the columns beside
     * it have.
     */
    void requireAgreement(HeaderPlace column, long expected, ListShapes shapes) {
        if (levels.repetition() == 0 || !isRead) {
            return;
        }
        if (rows != expected) {
            throw column.corrupt(
                    "has %d rows by its repetition levels, and the row group %d".formatted(rows, expected));
        }
        for (int i = 0; i < counts.length; i++) {
            FieldLevels.Repeated list = levels.lists().get(i);
            if (!shapes.agree(list.field(), new ListShapes.Shape(counts[i], hashes[i]))) {
                throw column.corrupt("has lists '%s' of other lengths than a column beside it"
                        .formatted(Printable.detail(list.field().getName())));
            }
        }
    }

    /** Follows the levels; answers how many values are not null. */
    private int present(PageBytes page) throws IOException {
        if (levels.definition() == 0) {
            return page.count();
        }
        LevelReader repetition = levels.repetition() == 0
                ? LevelReader.zeros()
                : new LevelReader(page.repetitionLevels(), levels.repetition());
        LevelReader definition = new LevelReader(page.definitionLevels(), levels.definition());
        int present = 0;
        for (int i = 0; i < page.count(); i++) {
            checkDeadline(i);
            int defined = definition.next();
            follow(repetition.next(), defined);
            if (defined == levels.definition()) {
                present++;
            }
        }
        return present;
    }

    private void checkDeadline(int value) {
        if (value % VALUES_PER_CHECK == 0) {
            file.inTime().run();
        }
    }

    private void follow(int repetition, int definition) throws MalformedPageException {
        if (repetition == 0) {
            rows++;
        } else {
            int element = elements[repetition - 1];
            if (rows == 0 || before < element || definition < element) {
                throw new MalformedPageException(
                        "continues a list (repetition level %d) where none has begun".formatted(repetition));
            }
        }
        before = definition;
        for (int i = Math.max(repetition, 1) - 1; i < counts.length; i++) {
            int element = Math.min(definition, elements[i]);
            hashes[i] = ListShapes.hash(hashes[i], repetition, element);
            counts[i]++;
        }
    }

    /** Reads the lengths of texts; answers their sum. */
    private long lengths(BoundedInputStream values, int present) throws IOException {
        DeltaReader lengths = deltas(values, present);
        long bytes = 0;
        for (int i = 0; i < present; i++) {
            checkDeadline(i);
            bytes += length(lengths);
        }
        return bytes;
    }

    /**
     * Reads the lengths of prefixes and suffixes, of which the suffixes follow; answers the sum of theirs. Each text is
     * a prefix of the one before it, and a suffix.
     */
    private long suffixes(PageBytes page, BoundedInputStream values, int present) throws IOException {
        DeltaReader prefixes = deltas(page.values(), present);
        deltas(values, present).skip();
        DeltaReader suffixes = deltas(values, present);
        long bytes = 0;
        long previous = 0;
        for (int i = 0; i < present; i++) {
            checkDeadline(i);
            long prefix = length(prefixes);
            long suffix = length(suffixes);
            if (prefix > previous) {
                throw new MalformedPageException(
                        "has a text with %d bytes of the one before it, which has %d".formatted(prefix, previous));
            }
            previous = prefix + suffix;
            bytes += suffix;
        }
        return bytes;
    }

    private static DeltaReader deltas(BoundedInputStream values, int present) throws IOException {
        DeltaReader deltas = new DeltaReader(values);
        if (deltas.count() != present) {
            throw new MalformedPageException("has differences of %s values: expected %d"
                    .formatted(Long.toUnsignedString(deltas.count()), present));
        }
        return deltas;
    }

    private static long length(DeltaReader lengths) throws IOException {
        long length = lengths.next();
        if (length < 0 || length > ColumnPages.MAX_PAGE) {
            throw new MalformedPageException("has a text of %d bytes".formatted(length));
        }
        return length;
    }
}
