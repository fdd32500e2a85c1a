package io.fanin.records.parquet;

import io.fanin.records.objects.ObjectDefectException;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * What a footer says of rows, row groups and columns, held against each other: readers that find them to disagree
 * refuse the file.
 */
final class FooterCounts {

    /** The offset after the magic bytes. */
    static final int FIRST_BYTE = 4;

    private final String key;
    private final ParquetFooter footer;
    private final List<ParquetField> leaves;
    private final long dataEnd;

    /** @param dataEnd where the footer begins */
    FooterCounts(String key, ParquetFooter footer, long dataEnd) {
        this.key = key;
        this.footer = footer;
        this.leaves = footer.root().leaves().toList();
        this.dataEnd = dataEnd;
    }

    /** @throws ObjectDefectException {@code Corrupt} where they disagree */
    void check() {
        List<RowGroup> groups = footer.metadata().getRow_groups();
        long rows = 0;
        for (int i = 0; i < groups.size(); i++) {
            check(groups.get(i), group(i));
            rows += groups.get(i).getNum_rows();
            if (rows < 0) {
                throw group(i).corrupt("has %d rows, more than can be counted with those before it"
                        .formatted(groups.get(i).getNum_rows()));
            }
        }
        if (rows != footer.metadata().getNum_rows()) {
            throw new HeaderPlace(key, "its footer")
                    .corrupt("says %d rows, and its row groups %d"
                            .formatted(footer.metadata().getNum_rows(), rows));
        }
    }

    HeaderPlace group(int index) {
        return new HeaderPlace(key, "row group " + index);
    }

    private void check(RowGroup group, HeaderPlace place) {
        if (group.getColumnsSize() != leaves.size() || group.getNum_rows() < 0) {
            throw place.corrupt("has %d columns and %d rows, of %d columns"
                    .formatted(group.getColumnsSize(), group.getNum_rows(), leaves.size()));
        }
        for (int i = 0; i < leaves.size(); i++) {
            ParquetField leaf = leaves.get(i);
            check(group.getColumns().get(i), leaf, group.getNum_rows(), place.column(leaf));
        }
    }

    private void check(ColumnChunk chunk, ParquetField leaf, long rows, HeaderPlace place) {
        if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
            throw place.corrupt("is encrypted, or has no metadata");
        }
        if (chunk.isSetFile_path()) {
            throw place.corrupt("lies in another file");
        }
        ColumnMetaData column = chunk.getMeta_data();
        if (!leaf.is(column.getType())) {
            throw place.corrupt("is %s, and %s in the schema"
                    .formatted(column.getType(), leaf.element().getType()));
        }
        long values = column.getNum_values();
        if (leaf.levels().repetition() > 0 ? values < rows : values != rows) {
            throw place.corrupt("has %d values for %d rows".formatted(values, rows));
        }
        long begin = begin(column);
        long length = column.getTotal_compressed_size();
        if (values > 0 && (begin < FIRST_BYTE || length <= 0 || begin > dataEnd - length)) {
            throw place.corrupt(
                    "has %d bytes from byte %d, and data ends at byte %d".formatted(length, begin, dataEnd));
        }
    }

    /** Where a column's first page begins. */
    static long begin(ColumnMetaData column) {
        return column.getDictionary_page_offset() >= FIRST_BYTE
                ? column.getDictionary_page_offset()
                : column.getData_page_offset();
    }
}
