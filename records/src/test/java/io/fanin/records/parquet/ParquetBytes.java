package io.fanin.records.parquet;

import io.fanin.records.duckdb.Sql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.duckdb.DuckDBDriver;

/** Parquet as somebody else writes it. */
public final class ParquetBytes {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private ParquetBytes() {}

    /** A file without data, whose footer is written by Apache Parquet's own code. */
    public static byte[] footer(String fields, long rows) {
        FileMetaData file = new FileMetaData(
                MessageTypeParser.parseMessageType("message m { " + fields + " }"), Map.of(), "parquet-mr");
        org.apache.parquet.format.FileMetaData written = new ParquetMetadataConverter()
                .toParquetMetadata(1, new ParquetMetadata(file, List.of()))
                .setNum_rows(rows);
        written.addToRow_groups(rowGroup(written, rows));
        ByteArrayOutputStream footer = new ByteArrayOutputStream();
        try {
            Util.writeFileMetaData(written, footer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return framed(new byte[1], footer.toByteArray(), footer.size());
    }

    /** One that says nothing wrong of columns whose data is a byte of nothing. */
    private static RowGroup rowGroup(org.apache.parquet.format.FileMetaData file, long rows) {
        List<ColumnChunk> columns = file.getSchema().stream()
                .filter(SchemaElement::isSetType)
                .map(leaf -> new ColumnChunk(0)
                        .setMeta_data(new ColumnMetaData(
                                leaf.getType(),
                                List.of(),
                                List.of(leaf.getName()),
                                CompressionCodec.UNCOMPRESSED,
                                rows,
                                1,
                                1,
                                MAGIC.length)))
                .toList();
        return new RowGroup(columns, columns.size(), rows);
    }

    /** One row, written by Apache Parquet's own code; what is not put into it is null. */
    public static byte[] row(String fields, Consumer<Group> row) {
        MessageType schema = MessageTypeParser.parseMessageType("message m { " + fields + " }");
        Group group = new SimpleGroup(schema);
        row.accept(group);
        try {
            Path file = Files.createTempFile("rows", ".parquet");
            try {
                try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withConf(new PlainParquetConfiguration())
                        .withType(schema)
                        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                        .build()) {
                    writer.write(group);
                }
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Magic, data, a footer, the length that is said of it, magic. */
    public static byte[] framed(byte[] data, byte[] footer, int length) {
        return ByteBuffer.allocate(data.length + footer.length + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put(data)
                .put(footer)
                .putInt(length)
                .put(MAGIC)
                .array();
    }

    /** The rows of a SELECT, with all that DuckDB tells of them. */
    public static byte[] of(String select) {
        return of(select, "");
    }

    /** The same, with options of COPY, each after a comma. */
    public static byte[] of(String select, String options) {
        try {
            Path file = Files.createTempFile("rows", ".parquet");
            try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                    Statement statement = connection.createStatement()) {
                statement.execute("COPY (%s) TO %s (FORMAT parquet%s)".formatted(select, Sql.path(file), options));
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
