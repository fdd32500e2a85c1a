package io.fanin.records.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/** A sound file with other headers: what is changed in them is all that does not agree with the rest. */
public final class RewrittenParquet {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] from;
    private final ByteArrayOutputStream to = new ByteArrayOutputStream();

    private RewrittenParquet(byte[] from) {
        this.from = from;
    }

    /** With pages' headers changed. */
    public static byte[] pages(byte[] file, Consumer<PageHeader> change) throws IOException {
        return contents(file, (page, body) -> {
            change.accept(page);
            return body;
        });
    }

    /** Changes a page: its header in place, and what stands behind it, whose length the header does not follow. */
    public interface PageChange {

        byte[] apply(PageHeader page, byte[] body);
    }

    /** With pages changed. */
    public static byte[] contents(byte[] file, PageChange change) throws IOException {
        return new RewrittenParquet(file).rewritten(change, footer -> {});
    }

    /** With the footer changed. */
    public static byte[] footer(byte[] file, Consumer<FileMetaData> change) throws IOException {
        return new RewrittenParquet(file).rewritten((page, body) -> body, change);
    }

    /** With this compression stated for the first column. */
    static byte[] codec(byte[] file, CompressionCodec codec) throws IOException {
        return footer(
                file,
                footer -> footer.getRow_groups()
                        .getFirst()
                        .getColumns()
                        .getFirst()
                        .getMeta_data()
                        .setCodec(codec));
    }

    /** With other statistics of all columns, which begin empty; none is null. */
    public static byte[] statistics(byte[] file, Consumer<Statistics> set) throws IOException {
        return footer(
                file,
                footer -> footer.getRow_groups()
                        .forEach(group -> group.getColumns().forEach(chunk -> {
                            Statistics statistics = new Statistics().setNull_count(0);
                            set.accept(statistics);
                            chunk.getMeta_data().setStatistics(statistics);
                        })));
    }

    /**
     * 1.00, 3.00 and 4.50 in the column x, with the statistics of a writer that compares bytes as signed: the last byte
     * of the greatest is less than 0.
     *
     * @param nested whether they are a field a of the column
     */
    public static byte[] oldDecimals(boolean nested) throws IOException {
        String values = "unnest([1, 3, 4.5])::DECIMAL(20,2)";
        return statistics(
                ParquetBytes.of("SELECT " + (nested ? "{'a': " + values + "}" : values) + " AS x"),
                statistics -> statistics.setMin(decimal(100)).setMax(decimal(300)));
    }

    private static byte[] decimal(long unscaled) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(0).putLong(unscaled).array();
    }

    static FileMetaData footer(byte[] file) throws IOException {
        return Util.readFileMetaData(new ByteArrayInputStream(file, footerBegin(file), file.length));
    }

    static int footerBegin(byte[] file) {
        return file.length
                - 8
                - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    }

    private byte[] rewritten(PageChange page, Consumer<FileMetaData> change) throws IOException {
        FileMetaData footer = footer(from);
        to.write(MAGIC);
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                copy(chunk.getMeta_data(), page);
            }
        }
        change.accept(footer);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        bytes.writeTo(to);
        to.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.size())
                .array());
        to.write(MAGIC);
        return to.toByteArray();
    }

    private void copy(ColumnMetaData column, PageChange change) throws IOException {
        boolean dictionary = column.isSetDictionary_page_offset();
        int at = (int) (dictionary ? column.getDictionary_page_offset() : column.getData_page_offset());
        int end = at + (int) column.getTotal_compressed_size();
        int begin = to.size();
        column.setData_page_offset(begin);
        column.unsetBloom_filter_offset();
        while (at < end) {
            ByteArrayInputStream bytes = new ByteArrayInputStream(from, at, end - at);
            PageHeader page = Util.readPageHeader(bytes);
            int body = end - bytes.available();
            int length = page.getCompressed_page_size();
            byte[] changed = change.apply(page, Arrays.copyOfRange(from, body, body + length));
            Util.writePageHeader(page, to);
            to.write(changed);
            at = body + length;
        }
        if (dictionary) {
            column.setDictionary_page_offset(begin);
        }
        column.setTotal_compressed_size(to.size() - begin);
    }
}
