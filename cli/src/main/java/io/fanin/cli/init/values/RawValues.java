package io.fanin.cli.init.values;

import io.fanin.model.table.Column;
import io.fanin.model.table.CsvOptions;
import io.fanin.model.table.DataFormat;
import io.fanin.model.table.NumberForm;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.objects.Beginning;
import io.fanin.records.sniff.CsvDialect;
import io.fanin.records.sniff.FileSniffer.Sniffed.RawFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads all values of sampled files, to find types that keep them as they are written. */
public final class RawValues {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final DuckDb database;
    private final Path folder;

    /** @param database into whose folder samples are written, where they stay */
    public RawValues(DuckDb database) {
        this.database = database;
        this.folder = database.settings().folder();
    }

    /**
     * A file with types that keep its values.
     *
     * @param notes the reasons for types other than the sniffed ones, for people
     * @param alike the names that denote the same column, for people
     */
    public record Kept(RawFile file, List<String> notes, List<String> alike) {}

    /**
     * Reads the values of a file.
     *
     * @param beginning of the file, as far as it was sniffed
     * @param isWhole whether it is all of the file
     */
    public Kept keptBy(RawFile file, byte[] beginning, boolean isWhole) throws IOException {
        if (file.format() == DataFormat.PARQUET) {
            return new Kept(file, List.of(), List.of());
        }
        String lines = Beginning.of(beginning, isWhole).lines(file.charset());
        return file.csv().isPresent() ? csv(file, file.csv().get(), lines) : json(file, lines);
    }

    private static Kept json(RawFile file, String text) {
        JsonFields fields = JsonFields.of(text);
        List<String> notes = new ArrayList<>();
        RawFile found = with(file, UnaryOperator.identity(), fields.keptBy(file.columns(), notes));
        ConvertedValues converted = new ConvertedValues(found);
        IntStream.range(0, found.columns().size())
                .forEach(i -> fields.texts(found.columns().get(i)).forEach(value -> converted.add(value, i)));
        List<Column> columns = converted.columns(notes);
        OutlierTexts outliers = new OutlierTexts(columns.size());
        IntStream.range(0, columns.size())
                .forEach(i -> fields.scalars(columns.get(i)).forEach(value -> outliers.add(value, i)));
        outliers.addTo(notes, columns);
        return new Kept(
                with(found, UnaryOperator.identity(), columns),
                notes,
                fields.alike().texts());
    }

    private Kept csv(RawFile file, CsvOptions csv, String text) throws IOException {
        String source = read("values.csv", text, csv, csv.header());
        List<CsvValues> values =
                file.columns().stream().map(column -> new CsvValues()).toList();
        texts(file.columns(), source, (value, column) -> values.get(column).add(value));
        List<String> notes = new ArrayList<>();
        List<Column> kept = IntStream.range(0, values.size())
                .mapToObj(i -> values.get(i).keptBy(file.columns().get(i), notes))
                .toList();
        AlikeNames alike = new AlikeNames();
        if (csv.header()) {
            alike.add(header(csv, text));
        }
        NumberForm form = csv.raw().numbers();
        boolean hasGroups = form.groupingSeparator()
                .filter(separator -> IntStream.range(0, values.size())
                        .anyMatch(i -> CsvValues.areNumbers(kept.get(i))
                                && values.get(i).have(separator)))
                .isPresent();
        RawFile found = hasGroups ? with(file, UnaryOperator.identity(), kept) : withoutGroups(file, form, kept);
        ConvertedValues converted = new ConvertedValues(found);
        OutlierTexts outliers = new OutlierTexts(kept.size());
        texts(file.columns(), source, (value, column) -> {
            converted.add(value, column);
            outliers.add(value, column);
        });
        List<Column> columns = converted.columns(notes);
        outliers.addTo(notes, columns);
        return new Kept(with(found, UnaryOperator.identity(), columns), notes, alike.texts());
    }

    /** Passes the texts of columns, without blanks around them, with the numbers of their columns. */
    private void texts(List<Column> columns, String source, ObjIntConsumer<String> to) {
        String names = columns.stream().map(Column::name).map(Sql::identifier).collect(Collectors.joining(", "));
        database.forEach(
                "SELECT " + names + " FROM " + source,
                LIMIT,
                row -> IntStream.range(0, columns.size())
                        .forEach(i -> row.text(i + 1).map(String::strip).ifPresent(value -> to.accept(value, i))));
    }

    private static RawFile withoutGroups(RawFile file, NumberForm before, List<Column> columns) {
        NumberForm form = new NumberForm(before.decimalSeparator(), Optional.empty());
        return with(
                file,
                csv -> csv.with(csv.raw().with(form)),
                !before.isStandard() && form.isStandard()
                        ? columns.stream().map(RawValues::withUsualType).toList()
                        : columns);
    }

    /** The column as other files without a special form declare it: a decimal with a fraction is a double. */
    private static Column withUsualType(Column column) {
        return column.type().startsWith("decimal") && !column.type().endsWith(",0)")
                ? new Column(column.name(), HiveType.Scalar.DOUBLE.hive())
                : column;
    }

    /** A column with a type that keeps large whole numbers. */
    static Column typed(Column sniffed, String type, List<String> notes) {
        if (type.equals(sniffed.type())) {
            return sniffed;
        }
        notes.add(column(sniffed) + " is " + type
                + ": whole numbers of it are too large for a bigint, and a double would change them");
        return new Column(sniffed.name(), type);
    }

    /** The name of a column in notes. */
    static String column(Column column) {
        return "column " + LogSafe.name(column.name());
    }

    private List<String> header(CsvOptions csv, String text) throws IOException {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        List<String> names = new ArrayList<>();
        database.forEach(
                "SELECT * FROM " + read("header.csv", first + "\n", csv, false),
                LIMIT,
                row -> row.values()
                        .forEach(name ->
                                names.add(name == null ? "" : name.toString().strip())));
        return names;
    }

    /** DuckDB's table of a file's texts. */
    private String read(String name, String text, CsvOptions csv, boolean header) throws IOException {
        return CsvDialect.read(Files.writeString(folder.resolve(name), text), csv, header, true);
    }

    private static RawFile with(RawFile file, UnaryOperator<CsvOptions> dialect, List<Column> columns) {
        return new RawFile(
                file.format(),
                file.compression(),
                file.csv().map(dialect),
                file.charset(),
                file.dateFormat(),
                file.timestampFormat(),
                columns,
                file.ambiguities());
    }
}
