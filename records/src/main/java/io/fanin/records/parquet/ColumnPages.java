package io.fanin.records.parquet;

import java.io.IOException;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** Walks through the pages of one column in one row group, as DuckDB does, until all values are accounted for. */
final class ColumnPages {

    /** Maximum bytes of a page: beyond that, 32-bit lengths with an offset added may overflow. */
    static final int MAX_PAGE = 1 << 30;

    private final HeaderStructs structs;
    private final long dataEnd;
    private final ParquetField leaf;
    private final HeaderPlace place;
    private final ListShapes shapes;
    private boolean dictionary;

    /**
     * Starts before the first page.
     *
     * @param dataEnd where the footer begins
     * @param shapes of the lists in the row group
     */
    ColumnPages(HeaderStructs structs, long dataEnd, ParquetField leaf, HeaderPlace place, ListShapes shapes) {
        this.structs = structs;
        this.dataEnd = dataEnd;
        this.leaf = leaf;
        this.place = place;
        this.shapes = shapes;
    }

    /**
     * Checks the pages of a column whose place in the file is sound.
     *
     * @param rows of the row group
     */
    void check(ColumnMetaData column, long rows) throws IOException {
        if (column.getNum_values() > 0) {
            pages(column, rows);
            bloomFilter(column);
        }
    }

    private void pages(ColumnMetaData column, long rows) throws IOException {
        PageContents contents = new PageContents(structs, leaf, column.getCodec());
        long begin = FooterCounts.begin(column);
        long length = column.getTotal_compressed_size();
        long end = begin + length;
        long at = begin;
        for (long left = column.getNum_values(); left > 0; ) {
            HeaderPlace page = place.page(at);
            if (at == end) {
                throw page.corrupt("is missing: %d of %d values come after the column's end"
                        .formatted(left, column.getNum_values()));
            }
            HeaderStructs.Found<PageHeader> header = structs.read(page, at, end, Util::readPageHeader);
            long values = values(page, header.struct(), column.getCodec(), end - header.end(), at == begin);
            if (values > left) {
                throw page.corrupt("has %d values, where %d are left".formatted(values, left));
            }
            left -= values;
            if (header.struct().isSetCrc()) {
                checksum(page, header);
            }
            contents.check(page, header.struct(), header.end());
            at = header.end() + header.struct().getCompressed_page_size();
        }
        contents.requireAgreement(place, rows, shapes);
    }

    /** Of the stored bytes behind the header (parquet-format, "Checksumming"); the database does not look at it. */
    private void checksum(HeaderPlace page, HeaderStructs.Found<PageHeader> header) throws IOException {
        int stored = header.struct().getCrc();
        int found = structs.checksum(header.end(), header.struct().getCompressed_page_size());
        if (stored != found) {
            throw page.corrupt("has the checksum %08x, and its bytes %08x".formatted(stored, found));
        }
    }

    private long values(HeaderPlace page, PageHeader header, CompressionCodec codec, long room, boolean first) {
        int compressed = header.getCompressed_page_size();
        int uncompressed = header.getUncompressed_page_size();
        if (compressed > Math.min(room, MAX_PAGE)) {
            throw page.corrupt("has %d bytes, and the column room for %d".formatted(compressed, room));
        }
        if (uncompressed < 0 || uncompressed > MAX_PAGE) {
            throw page.corrupt("has %d bytes uncompressed".formatted(uncompressed));
        }
        if (codec == CompressionCodec.UNCOMPRESSED) {
            requireEqual(page, compressed, uncompressed);
        }
        return switch (header.getType()) {
            case DATA_PAGE -> values(page, header.getData_page_header());
            case DATA_PAGE_V2 -> values(page, header.getData_page_header_v2(), compressed, uncompressed);
            case DICTIONARY_PAGE -> {
                dictionary(page, header.getDictionary_page_header(), uncompressed, first);
                yield 0;
            }
            case INDEX_PAGE -> throw page.corrupt("is an index: expected data or a dictionary");
        };
    }

    private static void requireEqual(HeaderPlace page, int compressed, int uncompressed) {
        if (compressed != uncompressed) {
            throw page.corrupt("is not compressed, and has %d bytes of %d".formatted(compressed, uncompressed));
        }
    }

    private long values(HeaderPlace page, DataPageHeader data) {
        if (data == null) {
            throw page.corrupt("has no header of data");
        }
        requireRunLengths(page, leaf.levels().repetition(), data.getRepetition_level_encoding());
        requireRunLengths(page, leaf.levels().definition(), data.getDefinition_level_encoding());
        return values(page, data.getNum_values(), data.getEncoding());
    }

    /** DuckDB takes levels for run lengths without asking. */
    private static void requireRunLengths(HeaderPlace page, int maximumLevel, Encoding encoding) {
        if (maximumLevel > 0 && encoding != Encoding.RLE) {
            throw page.corrupt("has levels in the encoding %s: expected RLE".formatted(encoding));
        }
    }

    private long values(HeaderPlace page, DataPageHeaderV2 data, int compressed, int uncompressed) {
        if (data == null) {
            throw page.corrupt("has no header of data");
        }
        if (data.isSetIs_compressed() && !data.isIs_compressed()) {
            requireEqual(page, compressed, uncompressed);
        }
        int repetition = data.getRepetition_levels_byte_length();
        int definition = data.getDefinition_levels_byte_length();
        long levels = (long) repetition + definition;
        if (repetition < 0 || definition < 0 || levels > Math.min(compressed, uncompressed)) {
            throw page.corrupt("has levels of %d and %d bytes in %d bytes, %d uncompressed"
                    .formatted(repetition, definition, compressed, uncompressed));
        }
        if (levels == compressed && levels < uncompressed) {
            throw page.corrupt("has nothing after its levels, and %d bytes uncompressed".formatted(uncompressed));
        }
        if (data.getNum_nulls() < 0 || data.getNum_nulls() > data.getNum_values() || data.getNum_rows() < 0) {
            throw page.corrupt("has %d nulls and %d rows in %d values"
                    .formatted(data.getNum_nulls(), data.getNum_rows(), data.getNum_values()));
        }
        return values(page, data.getNum_values(), data.getEncoding());
    }

    private long values(HeaderPlace page, int values, Encoding encoding) {
        if (values <= 0) {
            throw page.corrupt("has %d values".formatted(values));
        }
        if ((encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY) && !dictionary) {
            throw page.corrupt("is of a dictionary that is not there");
        }
        return values;
    }

    private void dictionary(HeaderPlace page, DictionaryPageHeader own, int uncompressed, boolean first) {
        if (own == null || !first || leaf.width() == 0) {
            throw page.corrupt("is a dictionary: expected one, before the data, of a column that can have one");
        }
        if (own.getNum_values() < 0 || (long) own.getNum_values() * leaf.width() > uncompressed) {
            throw page.corrupt("is a dictionary of %d values in %d bytes".formatted(own.getNum_values(), uncompressed));
        }
        dictionary = true;
    }

    /** DuckDB uses the bloom filter to look for values, and trusts its length. */
    private void bloomFilter(ColumnMetaData column) throws IOException {
        long at = column.getBloom_filter_offset();
        if (!column.isSetBloom_filter_offset() || at <= 0) {
            return;
        }
        structs.bloomFilterEnd(place, at, dataEnd);
    }
}
