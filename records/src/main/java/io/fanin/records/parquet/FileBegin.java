package io.fanin.records.parquet;

import io.fanin.records.objects.ObjectDefectException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * Finds the bytes before a file which does not begin where its object does. A footer counts from its own file's first
 * byte, so that behind another file, what it describes seems to end that file's length too early. Readers take the
 * bytes of the other file for its own: if both are alike, they return the rows of one of them.
 *
 * <p>Bytes that a footer does not tell of are not enough: writers may put something of their own before it
 * (parquet-format tells where each structure is, and nothing of what is between them). Where the file would begin,
 * there has to be a file.
 */
final class FileBegin {

    private final String key;
    private final ParquetFooter footer;
    private final List<ParquetField> leaves;
    private final long dataEnd;
    private final ByteRanges bytes;

    /** @param dataEnd where the footer begins */
    FileBegin(String key, ParquetFooter footer, long dataEnd, ByteRanges bytes) {
        this.key = key;
        this.footer = footer;
        this.leaves = footer.root().leaves().toList();
        this.dataEnd = dataEnd;
        this.bytes = bytes;
    }

    /**
     * Reads bytes only where the footer does not tell of all.
     *
     * @throws ObjectDefectException {@code Corrupt} if the file begins behind other bytes
     */
    void requireFirst() throws IOException {
        long end = end();
        long begin = dataEnd - end;
        if (begin > 0 && isBegin(begin, end == FooterCounts.FIRST_BYTE)) {
            throw new HeaderPlace(key, "its footer")
                    .corrupt(("is that of a file which begins at byte %d, behind bytes of another: expected one file,"
                                    + " since Parquet files cannot be joined by appending one to another")
                            .formatted(begin));
        }
    }

    /**
     * Whether a file begins here.
     *
     * @param empty whether the footer tells of no data, and so its magic bytes may as well be the end of what a writer
     *     put before it: then another file has to end here
     */
    private boolean isBegin(long at, boolean empty) throws IOException {
        byte[] magic = ParquetHeaders.MAGIC;
        if (!empty) {
            return Arrays.equals(bytes.read(at, magic.length), magic);
        }
        byte[] found = at < magic.length ? new byte[0] : bytes.read(at - magic.length, 2 * magic.length);
        return Arrays.mismatch(found, magic) == magic.length
                && Arrays.equals(found, magic.length, found.length, magic, 0, magic.length);
    }

    /** The end of what the footer tells of. */
    private long end() throws IOException {
        long end = FooterCounts.FIRST_BYTE;
        long filter = 0;
        HeaderPlace filtered = null;
        List<RowGroup> groups = footer.metadata().getRow_groups();
        for (int group = 0; group < groups.size(); group++) {
            for (int i = 0; i < leaves.size(); i++) {
                ColumnChunk chunk = groups.get(group).getColumns().get(i);
                end = Math.max(end, end(chunk));
                ColumnMetaData column = chunk.getMeta_data();
                if (!column.isSetBloom_filter_length() && column.getBloom_filter_offset() > filter) {
                    filter = column.getBloom_filter_offset();
                    filtered = new HeaderPlace(key, "row group " + group).column(leaves.get(i));
                }
            }
        }
        return filter < end ? end : new HeaderStructs(bytes, () -> {}).bloomFilterEnd(filtered, filter, dataEnd);
    }

    private static long end(ColumnChunk chunk) {
        ColumnMetaData column = chunk.getMeta_data();
        long data = FooterCounts.begin(column) + column.getTotal_compressed_size();
        long columnIndex = chunk.getColumn_index_offset() + chunk.getColumn_index_length();
        long offsetIndex = chunk.getOffset_index_offset() + chunk.getOffset_index_length();
        long bloomFilter = column.getBloom_filter_offset() + column.getBloom_filter_length();
        return Math.max(Math.max(data, bloomFilter), Math.max(columnIndex, offsetIndex));
    }
}
