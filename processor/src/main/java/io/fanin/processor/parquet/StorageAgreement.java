package io.fanin.processor.parquet;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.Printable;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Type;

/**
 * Checks that Athena and Trino decompress and decode the columns of a Parquet file (Trino's
 * {@code ParquetCompressionUtils} and {@code ValueDecoders}). DuckDB reads more.
 */
final class StorageAgreement {

    private static final Set<CompressionCodec> UNREAD = EnumSet.of(CompressionCodec.BROTLI, CompressionCodec.LZ4_RAW);

    private StorageAgreement() {}

    /** @throws ObjectDefectException {@link FailureCode#BAD_PARQUET} for a column that they do not read */
    static void require(ObjectSummary object, FileMetaData footer) {
        footer.getRow_groups().stream()
                .flatMap(group -> group.getColumns().stream())
                .filter(ColumnChunk::isSetMeta_data)
                .map(ColumnChunk::getMeta_data)
                .forEach(column -> require(object, column));
    }

    private static void require(ObjectSummary object, ColumnMetaData column) {
        if (UNREAD.contains(column.getCodec())) {
            throw unread(object, column, "compressed with " + column.getCodec());
        }
        boolean floating = column.getType() == Type.FLOAT || column.getType() == Type.DOUBLE;
        if (!floating && column.getEncodings().contains(Encoding.BYTE_STREAM_SPLIT)) {
            throw unread(object, column, column.getType() + " in the encoding " + Encoding.BYTE_STREAM_SPLIT);
        }
    }

    private static ObjectDefectException unread(ObjectSummary object, ColumnMetaData column, String how) {
        return FooterTail.bad(
                object,
                "has the column '%s' %s, which Athena and Trino do not read"
                        .formatted(Printable.detail(String.join(".", column.getPath_in_schema())), how));
    }
}
