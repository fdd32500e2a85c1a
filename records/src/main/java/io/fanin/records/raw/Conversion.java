package io.fanin.records.raw;

import io.fanin.model.spec.processor.RawRecords;
import io.fanin.model.spec.processor.UnknownColumns;
import io.fanin.model.table.Column;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.NumberForm;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TimePatterns;
import io.fanin.model.type.HiveType.Single;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.duckdb.VectorType;
import io.fanin.records.raw.value.Forms;
import io.fanin.records.raw.value.ScalarValue;
import io.fanin.records.raw.value.Scalars;
import io.fanin.records.raw.value.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/** Reads raw records of one table and writes them as Parquet, with the types of its columns. Thread-safe. */
public final class Conversion {

    private final SourceDefinition source;
    private final Columns columns;
    private final ZoneId zone;
    private final UnknownColumns unknown;
    private final CsvReading reading;

    /** @throws IllegalArgumentException when values cannot be converted to a column's type */
    public Conversion(SourceDefinition source, List<Column> columns, RawRecords rules, CsvReading reading) {
        this.source = source;
        this.columns = new Columns(columns, rules.requiredOrDefault());
        this.zone = rules.zoneOrDefault();
        this.unknown = rules.unknownColumnsOrDefault();
        this.reading = reading;
    }

    /** Reads objects of the source into a sink. */
    public RecordReader reader(RecordSink sink) throws IOException {
        ByteWindow window = new ByteWindow();
        Scalars scalars = new Scalars(Forms.of(source, zone));
        if (source.format() == DataFormat.CSV) {
            return in -> {
                window.open(in);
                new CsvRecords(window, source.csv(), reading, columns, scalars, unknown, sink).read();
            };
        }
        JsonRecords records = new JsonRecords(window, columns, scalars, unknown, sink);
        return in -> {
            window.open(in);
            records.read();
        };
    }

    /** Whether DuckDB parses nested values from texts. */
    public boolean isNested() {
        return columns.isNested();
    }

    /** Bytes of a row on the way to DuckDB, without long texts. */
    public long rowWidth() {
        return vectors().stream().mapToLong(VectorType::width).sum();
    }

    /** The columns' names, in their order. */
    public List<String> names() {
        return IntStream.range(0, columns.size()).mapToObj(columns::name).toList();
    }

    /** The columns' types on the way to DuckDB. */
    public List<VectorType> vectors() {
        return columns.vectors();
    }

    /**
     * The statement that writes the rows of {@link DuckDb#RECORDS} into one Parquet file, in row groups of about this
     * size.
     */
    public String statement(Path file, long rowGroupBytes) {
        return "COPY (SELECT %s FROM %s()) TO %s (%s, USE_TMP_FILE false)"
                .formatted(columns.selection(), DuckDb.RECORDS, Sql.path(file), Sql.parquet(rowGroupBytes));
    }

    /**
     * A predicate for one thread: whether a text, unquoted and not null, can be read as a value of a type.
     *
     * @param numbers how they are written
     * @param times how they are written
     */
    public static BiPredicate<Single, String> reads(NumberForm numbers, TimePatterns times) {
        Scalars scalars = new Scalars(new Forms(numbers, times, ZoneOffset.UTC));
        ScalarValue value = new ScalarValue();
        return (type, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return scalars.read(ValueType.of(type), bytes, 0, bytes.length, value);
        };
    }
}
