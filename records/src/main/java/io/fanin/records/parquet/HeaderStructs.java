package io.fanin.records.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.util.zip.CRC32;
import org.apache.commons.io.function.IOFunction;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.InvalidParquetMetadataException;
import org.apache.parquet.format.Util;

/**
 * Reads structs that stand in a file, of a length that only they themselves tell.
 *
 * @param inTime is called for each; throws to end the work
 */
record HeaderStructs(ByteRanges file, Runnable inTime) {

    /** Maximum bytes of a struct, which may contain the page's minimum and maximum. */
    private static final int MAX_HEADER = 16 << 20;

    /** Bytes of the first read: most headers are shorter. */
    private static final int HEADER = 512;

    /** Bytes of which a checksum is made at a time. */
    private static final int BLOCK = 1 << 18;

    private static final int BLOOM_BLOCK = 32;

    /**
     * A struct in the file.
     *
     * @param end of it
     */
    record Found<T>(T struct, long end) {}

    /** Where a bloom filter of a column ends, whose length is in its header (parquet-format, "Bloom Filter"). */
    long bloomFilterEnd(HeaderPlace column, long at, long dataEnd) throws IOException {
        HeaderPlace filter = new HeaderPlace(column.key(), column.name() + ", Bloom filter at byte " + at);
        if (at < FooterCounts.FIRST_BYTE || at >= dataEnd) {
            throw filter.corrupt("is not before the footer");
        }
        Found<BloomFilterHeader> header = read(filter, at, dataEnd, Util::readBloomFilterHeader);
        int bytes = header.struct().getNumBytes();
        if (bytes <= 0 || bytes % BLOOM_BLOCK != 0 || bytes > dataEnd - header.end()) {
            throw filter.corrupt(
                    "has %d bytes: expected a multiple of %d, before the footer".formatted(bytes, BLOOM_BLOCK));
        }
        return header.end() + bytes;
    }

    /** The CRC-32 of bytes of the file. */
    int checksum(long at, int length) throws IOException {
        CRC32 checksum = new CRC32();
        for (int done = 0; done < length; done += BLOCK) {
            checksum.update(block(at + done, Math.min(BLOCK, length - done)));
        }
        return (int) checksum.getValue();
    }

    /** Bytes of the file; checks the deadline. */
    byte[] block(long at, int length) throws IOException {
        inTime.run();
        return file.read(at, length);
    }

    <T> Found<T> read(HeaderPlace where, long at, long end, IOFunction<InputStream, T> struct) throws IOException {
        inTime.run();
        for (int window = HEADER; ; window *= 8) {
            byte[] bytes = file.read(at, (int) Math.min(window, end - at));
            try {
                int length = CompactStruct.length(bytes);
                return new Found<>(struct.apply(new ByteArrayInputStream(bytes, 0, length)), at + length);
            } catch (BufferUnderflowException e) {
                if (bytes.length < window || window >= MAX_HEADER) {
                    throw where.corrupt("has a header that does not end");
                }
            } catch (MalformedStructException | InvalidParquetMetadataException | IOException e) {
                throw where.corrupt("has a header that cannot be read (%s)".formatted(MalformedStructException.why(e)));
            }
        }
    }
}
