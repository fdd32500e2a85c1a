package io.fanin.records.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;

/**
 * Least and greatest values in an order that is not that of the values (parquet-format, "Statistics"): texts, and
 * decimals that are stored as bytes, as writers compared them before there was an order of columns, by bytes with a
 * sign (Spark before 2.4), so that of "a" and "é", or of 3.00 and 4.50, the latter is the least; and INT96, which has
 * none. Other readers pass over them, but DuckDB takes them for ordered, and would not find rows that are there.
 */
final class UnorderedStatistics {

    private UnorderedStatistics() {}

    /** Takes them out of the footer of a copy; all else stays as it is. */
    static void remove(String key, Path copy, FileMetaData footer) throws IOException {
        FileMetaData without = new FileMetaData(footer);
        List<Statistics> unordered = without.getRow_groups().stream()
                .flatMap(group -> group.getColumns().stream())
                .map(ColumnChunk::getMeta_data)
                .filter(UnorderedStatistics::has)
                .map(ColumnMetaData::getStatistics)
                .toList();
        if (unordered.isEmpty()) {
            return;
        }
        unordered.forEach(statistics -> {
            statistics.unsetMin();
            statistics.unsetMax();
            statistics.unsetMin_value();
            statistics.unsetMax_value();
        });
        removeUnknown(without);
        write(without, copy, begin(key, copy));
    }

    /** What a later version of the format has is read as a choice of nothing, which cannot be written. */
    private static void removeUnknown(FileMetaData footer) {
        footer.getSchema().stream()
                .filter(element ->
                        element.isSetLogicalType() && !element.getLogicalType().isSet())
                .forEach(SchemaElement::unsetLogicalType);
        if (footer.isSetColumn_orders() && !footer.getColumn_orders().stream().allMatch(ColumnOrder::isSet)) {
            footer.unsetColumn_orders();
        }
    }

    private static boolean has(ColumnMetaData column) {
        Statistics statistics = column.getStatistics();
        if (statistics == null) {
            return false;
        }
        boolean old = statistics.isSetMin() || statistics.isSetMax();
        boolean ordered = statistics.isSetMin_value() || statistics.isSetMax_value();
        return switch (column.getType()) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> old && !ordered;
            case INT96 -> old || ordered;
            default -> false;
        };
    }

    private static long begin(String key, Path copy) throws IOException {
        try (LocalBytes bytes = LocalBytes.open(key, copy)) {
            return ParquetFooter.begin(bytes);
        }
    }

    private static void write(FileMetaData footer, Path file, long begin) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, bytes);
        ByteBuffer end = ByteBuffer.allocate(bytes.size() + ParquetFooter.TRAILER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes.toByteArray())
                .putInt(bytes.size())
                .put(ParquetHeaders.MAGIC)
                .flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(begin);
            while (end.hasRemaining()) {
                channel.write(end, begin + end.position());
            }
        }
    }
}
