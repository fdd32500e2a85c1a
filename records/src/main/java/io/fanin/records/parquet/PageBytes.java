package io.fanin.records.parquet;

import com.github.luben.zstd.ZstdInputStream;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.records.compression.RawSnappy;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.brotli.dec.BrotliInputStream;

/** A page, and the parts of one with data (parquet-format, "Data Pages"), each as a stream that ends with the page. */
final class PageBytes implements Closeable {

    /** Maximum size of a zstd window, as a power of two: that of a page. */
    private static final int ZSTD_WINDOW_LOG = 30;

    private static final int BUFFER = 1 << 13;

    private final HeaderStructs file;
    private final PageHeader header;
    private final FieldLevels levels;
    private final CompressionCodec codec;
    private final long at;
    private final List<InputStream> open = new ArrayList<>();

    /**
     * A page.
     *
     * @param header checked
     * @param columnCodec of the page's column, which the page may not use
     * @param at where the page begins, behind its header
     */
    PageBytes(HeaderStructs file, PageHeader header, FieldLevels levels, CompressionCodec columnCodec, long at) {
        this.file = file;
        this.header = header;
        this.levels = levels;
        this.at = at;
        boolean stored = isSecond()
                && header.getData_page_header_v2().isSetIs_compressed()
                && !header.getData_page_header_v2().isIs_compressed();
        this.codec = stored ? CompressionCodec.UNCOMPRESSED : columnCodec;
    }

    /** As the database decides it: a header of the other version may be there, too. */
    private boolean isSecond() {
        return header.getType() == PageType.DATA_PAGE_V2;
    }

    /** Whether the database can decompress it: pages that it refuses need no check. */
    boolean isReadable() {
        return codec != CompressionCodec.LZO && codec != CompressionCodec.LZ4;
    }

    /** Its values, of which some may be null. */
    int count() {
        return isSecond()
                ? header.getData_page_header_v2().getNum_values()
                : header.getData_page_header().getNum_values();
    }

    Encoding encoding() {
        return isSecond()
                ? header.getData_page_header_v2().getEncoding()
                : header.getData_page_header().getEncoding();
    }

    /** The repetition levels, if the column has any. */
    InputStream repetitionLevels() throws IOException {
        if (isSecond()) {
            return buffered(
                    new StoredBytes(file, at, header.getData_page_header_v2().getRepetition_levels_byte_length()));
        }
        BoundedInputStream page = page();
        return bounded(page, length(page));
    }

    /** The definition levels, if the column has any. */
    InputStream definitionLevels() throws IOException {
        if (isSecond()) {
            DataPageHeaderV2 v2 = header.getData_page_header_v2();
            return buffered(new StoredBytes(
                    file, at + v2.getRepetition_levels_byte_length(), v2.getDefinition_levels_byte_length()));
        }
        BoundedInputStream page = page();
        skipLevels(page, levels.repetition());
        return bounded(page, length(page));
    }

    /** What follows the levels; it knows how many bytes of it are left. */
    BoundedInputStream values() throws IOException {
        BoundedInputStream page = page();
        if (!isSecond()) {
            skipLevels(page, levels.repetition());
            skipLevels(page, levels.definition());
        }
        return page;
    }

    /** All of a page that is stored compressed: levels of the second version are not. */
    private BoundedInputStream page() throws IOException {
        int before = isSecond() ? storedLevels(header.getData_page_header_v2()) : 0;
        return decompressed(
                at + before, header.getCompressed_page_size() - before, header.getUncompressed_page_size() - before);
    }

    private static int storedLevels(DataPageHeaderV2 v2) {
        return v2.getRepetition_levels_byte_length() + v2.getDefinition_levels_byte_length();
    }

    private static void skipLevels(BoundedInputStream page, int maximum) throws IOException {
        if (maximum > 0) {
            page.skipNBytes(length(page));
        }
    }

    /** Levels of the first version have their length before them. */
    private static int length(BoundedInputStream page) throws IOException {
        byte[] bytes = page.readNBytes(Integer.BYTES);
        if (bytes.length < Integer.BYTES) {
            throw new EOFException();
        }
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > page.getRemaining()) {
            throw new MalformedPageException("has levels of %d bytes, where %d are left"
                    .formatted(Integer.toUnsignedLong(length), page.getRemaining()));
        }
        return length;
    }

    private BoundedInputStream decompressed(long from, long stored, long length) throws IOException {
        InputStream bytes = new StoredBytes(file, from, stored);
        InputStream plain = switch (codec) {
            case UNCOMPRESSED -> bytes;
            case SNAPPY -> stored == 0 ? bytes : RawSnappy.open(bytes);
            case GZIP -> stored == 0 ? bytes : new GzipCompressorInputStream(bytes);
            case ZSTD -> new ZstdInputStream(bytes).setLongMax(ZSTD_WINDOW_LOG);
            case LZ4_RAW -> new BlockLZ4CompressorInputStream(bytes);
            case BROTLI -> stored == 0 ? bytes : new BrotliInputStream(bytes);
            case LZO, LZ4 -> throw new IllegalStateException("readable: " + codec);
        };
        return bounded(buffered(plain), length);
    }

    private InputStream buffered(InputStream bytes) {
        open.add(bytes);
        return new BufferedInputStream(
                new BlockInputStream() {
                    @Override
                    public int read(byte[] block, int offset, int length) throws IOException {
                        // A few stored bytes may decompress into any number.
                        file.inTime().run();
                        return bytes.read(block, offset, length);
                    }
                },
                BUFFER);
    }

    /**
     * Requires as many bytes as the header says where the database does not: it would take what its memory held before
     * for the rest. Of gzip it reads one member.
     */
    void requireLength() throws IOException {
        if (codec == CompressionCodec.GZIP || codec == CompressionCodec.BROTLI) {
            BoundedInputStream page = page();
            IOUtils.consume(page);
            if (page.getRemaining() > 0) {
                throw new MalformedPageException("decompresses into %d bytes less than %d"
                        .formatted(page.getRemaining(), header.getUncompressed_page_size()));
            }
        }
    }

    private static BoundedInputStream bounded(InputStream bytes, long length) throws IOException {
        return BoundedInputStream.builder()
                .setInputStream(bytes)
                .setMaxCount(length)
                .get();
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(open.toArray(Closeable[]::new));
    }
}
