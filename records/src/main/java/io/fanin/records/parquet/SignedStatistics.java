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
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * The least and greatest texts as writers compared them before there was an order of columns, by bytes with a sign (parquet-format,
 * "Statistics"; Spark before 2.4): of "a" and "é" the latter is the least. Other readers pass over them, but DuckDB takes them for ordered
 * by bytes without a sign, and would not find rows that are there.
 */
final class SignedStatistics {

    private SignedStatistics() {}

    /** Takes them out of the footer of a copy; all else stays as it is. */
    static void remove(String key, Path copy, FileMetaData footer) throws IOException {
        FileMetaData without = new FileMetaData(footer);
        List<Statistics> signed = without.getRow_groups().stream()
                .flatMap(group -> group.getColumns().stream())
                .map(ColumnChunk::getMeta_data)
                .filter(SignedStatistics::has)
                .map(ColumnMetaData::getStatistics)
                .toList();
        if (signed.isEmpty()) {
            return;
        }
        signed.forEach(statistics -> {
            statistics.unsetMin();
            statistics.unsetMax();
        });
        write(without, copy, begin(key, copy));
    }

    private static boolean has(ColumnMetaData column) {
        Statistics statistics = column.getStatistics();
        return column.getType() == Type.BYTE_ARRAY
                && statistics != null
                && ((statistics.isSetMin() && !statistics.isSetMin_value())
                        || (statistics.isSetMax() && !statistics.isSetMax_value()));
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
