package io.fanin.records.sniff;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.RawCsv;
import io.fanin.records.compression.Compression;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.DuckDbSettings;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.Beginning;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.parquet.ParquetHeaders;
import io.fanin.records.raw.JsonLinesRows;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.tables.DuckDbType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Detects the format, the dialect and the columns of raw files from their beginnings, with DuckDB's sniffers. */
public final class FileSniffer implements AutoCloseable {

    private static final long MEMORY = 256L << 20;
    static final Duration LIMIT = Duration.ofMinutes(1);
    /** The maximum levels of a record; query engines read far fewer. */
    private static final int MAX_LEVELS = 500;

    private static final String SAMPLE = "sample.parquet";

    /** The beginning of messages about the sample. */
    private static final String SAMPLE_NAMED = "object " + SAMPLE;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final DuckDb database;
    private final Path folder;

    private FileSniffer(DuckDb database) {
        this.database = database;
        this.folder = database.settings().folder();
    }

    /**
     * Opens a sniffer.
     *
     * @param folder an existing folder; samples are written into it, and kept
     */
    public static FileSniffer open(Path folder) throws IOException {
        return new FileSniffer(
                DuckDb.open(new DuckDbSettings(folder.toRealPath(), MEMORY, MEMORY, 1, MEMORY, RowSamples.HIDDEN)));
    }

    /** The properties of a file, as far as its beginning shows them. */
    public sealed interface Sniffed {

        /**
         * A file that can be read.
         *
         * @param compression of the file as a whole
         * @param csv of a CSV file
         * @param charset of a text
         * @param dateFormat the pattern of dates, where they are not those of ISO 8601
         * @param timestampFormat the pattern of timestamps, likewise
         * @param ambiguities the columns that may be read in several ways, for people
         */
        record RawFile(
                DataFormat format,
                Compression compression,
                Optional<CsvOptions> csv,
                Charset charset,
                Optional<String> dateFormat,
                Optional<String> timestampFormat,
                List<Column> columns,
                List<String> ambiguities)
                implements Sniffed {}

        /** A file that cannot be read; {@code why} is for people. */
        record Unreadable(String why) implements Sniffed {}
    }

    /** Whether this is the beginning of a Parquet file, of which the whole is needed. */
    public static boolean isParquet(byte[] file) {
        return begins(file, "PAR1".getBytes(StandardCharsets.US_ASCII))
                && Beginning.foreign(file).isPresent();
    }

    /**
     * Examines the beginning of a file.
     *
     * @param beginning the first bytes; the whole file if it is Parquet
     * @param isWhole whether it is all of the file
     */
    public Sniffed sniff(byte[] beginning, boolean isWhole) throws IOException {
        try {
            if (isParquet(beginning)) {
                return parquet(beginning);
            }
            Optional<String> foreign = Beginning.foreign(beginning);
            return foreign.isPresent()
                    ? new Sniffed.Unreadable("it is " + foreign.get() + ", which is not read here")
                    : decompressed(beginning, isWhole);
        } catch (ObjectDefectException e) {
            return new Sniffed.Unreadable("it" + e.getMessage().substring(SAMPLE_NAMED.length()));
        } catch (DuckDbException e) {
            return new Sniffed.Unreadable("DuckDB cannot tell its columns: " + e.getMessage());
        }
    }

    private Sniffed decompressed(byte[] stored, boolean isWhole) throws IOException {
        Beginning beginning;
        try {
            beginning = Beginning.of(stored, isWhole);
        } catch (IOException e) {
            String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
            return new Sniffed.Unreadable("it cannot be decompressed: " + why);
        }
        return text(beginning);
    }

    private static boolean begins(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length
                && ByteBuffer.wrap(bytes, 0, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private Sniffed text(Beginning beginning) throws IOException {
        Charset charset = charset(beginning.text(), beginning.isWhole());
        String lines = beginning.lines(charset);
        if (lines.isBlank()) {
            return new Sniffed.Unreadable("it has no whole line in its first " + beginning.text().length + " bytes");
        }
        char first = lines.stripLeading().charAt(0);
        return first == '{' || first == '['
                ? json(lines, beginning.compression(), charset)
                : csv(lines, beginning.compression(), charset);
    }

    private static Charset charset(byte[] bytes, boolean isWhole) {
        if (begins(bytes, new byte[] {(byte) 0xFF, (byte) 0xFE})) {
            return StandardCharsets.UTF_16LE;
        }
        if (begins(bytes, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
            return StandardCharsets.UTF_16BE;
        }
        int end = bytes.length;
        while (!isWhole && end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return WINDOWS;
        }
    }

    private Sniffed json(String lines, Compression compression, Charset charset) throws IOException {
        String first = lines.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow();
        try {
            if (!Json.input().readTree(first).isObject()) {
                return new Sniffed.Unreadable("it is JSON whose lines are no objects");
            }
        } catch (JsonProcessingException e) {
            return new Sniffed.Unreadable("it is JSON whose first line is no whole object");
        }
        Path file = write(
                "sample.json",
                lines.lines().filter(FileSniffer::isShallow).collect(Collectors.joining("\n", "", "\n")));
        String read = "read_json(" + Sql.path(file) + ", format = 'newline_delimited', ignore_errors = true, ";
        Map<String, Column> columns = new LinkedHashMap<>();
        columns(read + "sample_size = -1)").forEach(column -> columns.put(column.name(), column));
        FieldTexts texts = new FieldTexts(database, read + "columns = {" + asTexts(columns.keySet()) + "})");
        List<String> ambiguities = new ArrayList<>();
        Optional<String> dates = TimeForms.dates(texts, columns, ambiguities);
        Optional<String> timestamps = TimeForms.timestamps(texts, columns, ambiguities);
        return new Sniffed.RawFile(
                DataFormat.JSON,
                compression,
                Optional.empty(),
                charset,
                dates,
                timestamps,
                List.copyOf(columns.values()),
                List.copyOf(ambiguities));
    }

    /** Whether DuckDB can parse the record: its parser recurses for each level, and a full stack ends the process. */
    private static boolean isShallow(String line) {
        return JsonLinesRows.hasLevels(line, MAX_LEVELS);
    }

    /** DuckDB's declaration that reads these columns as text. */
    private static String asTexts(Set<String> columns) {
        return columns.stream()
                .map(column -> Sql.identifier(column) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
    }

    private Sniffed csv(String lines, Compression compression, Charset charset) throws IOException {
        Path file = write("sample.csv", lines);
        CsvDialect dialect = CsvDialect.of(database, file, lines);
        Optional<String> unread = dialect.unread();
        if (unread.isPresent()) {
            return new Sniffed.Unreadable(unread.get());
        }
        CsvOptions options = dialect.options();
        List<Column> columns = columns(CsvDialect.read(file, options, options.header(), false));
        CsvForms forms =
                CsvForms.of(new FieldTexts(database, CsvDialect.read(file, options, options.header(), true)), columns);
        RawCsv raw = RawCsv.STANDARD.with(forms.numbers());
        return new Sniffed.RawFile(
                DataFormat.CSV,
                compression,
                Optional.of(options.with(raw)),
                charset,
                forms.dateFormat(),
                forms.timestampFormat(),
                forms.columns(),
                forms.ambiguities());
    }

    private Sniffed parquet(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(SAMPLE), bytes);
        ParquetHeaders.requireParquet(SAMPLE, file);
        ParquetHeaders.prepare(SAMPLE, file, () -> {});
        return new Sniffed.RawFile(
                DataFormat.PARQUET,
                Compression.NONE,
                Optional.empty(),
                StandardCharsets.UTF_8,
                Optional.empty(),
                Optional.empty(),
                columns("read_parquet(" + Sql.path(file) + ")"),
                List.of());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<Column> columns(String source) {
        return database.query(
                DuckDbType.DESCRIBE + "SELECT * FROM " + source + ")",
                LIMIT,
                row -> new Column(row.text(1).orElse(""), hive(DuckDbType.of(row))));
    }

    /** The type of a column that holds all values of the type; a string for types that Hive does not have. */
    private static String hive(DuckDbType type) {
        return switch (type.name()) {
            case "BOOLEAN", "TINYINT", "SMALLINT", "BIGINT", "FLOAT", "DOUBLE", "DATE" ->
                type.name().toLowerCase(Locale.ROOT);
            case "INTEGER", "USMALLINT" -> "int";
            case "UTINYINT" -> "smallint";
            case "UINTEGER" -> "bigint";
            case "BLOB" -> "binary";
            case "DECIMAL" -> type.shown().toLowerCase(Locale.ROOT);
            case DuckDbType.LIST -> "array<" + hive(type.part(0)) + ">";
            case DuckDbType.MAP -> "map<" + hive(type.part(0)) + "," + hive(type.part(1)) + ">";
            case DuckDbType.STRUCT ->
                type.fields().stream()
                        .map(field -> field.name() + ":" + hive(field.type()))
                        .collect(Collectors.joining(",", "struct<", ">"));
            default -> type.name().startsWith("TIMESTAMP") ? "timestamp" : "string";
        };
    }

    /** The database for queries over files in its folder. */
    public DuckDb database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }
}
