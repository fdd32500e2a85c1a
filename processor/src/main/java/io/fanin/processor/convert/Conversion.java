package io.fanin.processor.convert;

import io.fanin.core.spec.ProcessorSpec;
import io.fanin.core.spec.UnknownColumns;
import io.fanin.core.table.Column;
import io.fanin.core.table.DataFormat;
import io.fanin.core.table.SourceDefinition;
import io.fanin.processor.duckdb.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** How the raw data of one table becomes the table's. Thread-safe. */
final class Conversion {

    /** Rows of a row group at most: readers hold one at a time in memory. */
    private static final int ROW_GROUP_ROWS = 1_000_000;

    private final SourceDefinition source;
    private final Columns columns;
    private final Scalars scalars;
    private final UnknownColumns unknown;

    /** @throws IllegalArgumentException when a column's type cannot be converted into */
    Conversion(SourceDefinition source, List<Column> columns, ProcessorSpec.Convert spec) {
        this.source = source;
        this.columns = new Columns(columns, spec.requiredOrDefault());
        this.scalars = new Scalars(spec.zoneOrDefault());
        this.unknown = spec.unknownColumnsOrDefault();
    }

    /** Reads an object's records to its end. */
    void read(InputStream in, RecordSink sink) throws IOException {
        ByteWindow window = new ByteWindow(in);
        if (source.format() == DataFormat.CSV) {
            new CsvRecords(window, source.csv(), columns, scalars, unknown, sink).read();
        } else {
            new JsonRecords(window, columns, scalars, unknown, sink).read();
        }
    }

    /**
     * The statement that makes one Parquet file of pieces; a piece has JSON lines, whose longest the window allows.
     *
     * @param rowGroupBytes of a row group before compression, about
     */
    String statement(List<Path> pieces, Path file, long rowGroupBytes) {
        return "COPY (SELECT %s FROM read_json(%s, format = 'newline_delimited', columns = {%s}, maximum_object_size = %d))"
                        .formatted(columns.selection(), Sql.paths(pieces), columns.types(), ByteWindow.MAX_RECORD + 1)
                + " TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d, ROW_GROUP_SIZE_BYTES %d)"
                        .formatted(Sql.path(file), ROW_GROUP_ROWS, rowGroupBytes);
    }
}
