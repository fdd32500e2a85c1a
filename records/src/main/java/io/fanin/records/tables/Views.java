package io.fanin.records.tables;

import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.Column;
import io.fanin.model.text.LogSafe;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.duckdb.Sql;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.sql.SqlFailure;
import io.fanin.records.sql.TableReference;
import io.fanin.records.sql.WrappedQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates views of Parquet files, returns the types of columns as the database sees them, and finds the values that
 * declared types do not hold: a view casts each value when a query reads it.
 */
final class Views {

    private static final String ALL = " UNION ALL ";

    /** SQL that casts all values, regardless of the database's statistics. */
    private static final String CAST_ALL = "SELECT max(hash(";

    private final DuckDb database;
    private final Deadline deadline;
    private final Map<TableReference, List<Cast>> casts = new HashMap<>();

    /**
     * A cast in a view.
     *
     * @param at its offset in the statement that created the view, in UTF-8 bytes: the database reports this place for
     *     a failure in any query
     */
    private record Cast(int at, Column column, List<LocalFile> files) {}

    /** @param deadline of the function */
    Views(DuckDb database, Deadline deadline) {
        this.database = database;
        this.deadline = deadline;
    }

    DuckDb database() {
        return database;
    }

    /** The types of a described statement's columns by their names in lower case, in their order. */
    Map<String, DuckDbType> types(String description) {
        Map<String, DuckDbType> types = new LinkedHashMap<>();
        database.query(
                        description,
                        deadline.left(),
                        (DuckDbRow row) ->
                                Map.entry(row.text(1).orElse("").toLowerCase(Locale.ROOT), DuckDbType.of(row)))
                .forEach(column -> types.put(column.getKey(), column.getValue()));
        return types;
    }

    /** A Parquet file, after reading its footer. */
    LocalFile file(Path path, String what) {
        return new LocalFile(
                path, what, types(DuckDbType.DESCRIBE + "SELECT * FROM " + LocalRows.read(List.of(path)) + ")"));
    }

    /**
     * Creates a view, replacing one of the same name.
     *
     * @param what the origin of the rows, for people
     * @param parts at least one
     * @throws ConversionException {@code UnsupportedType} when a declared type cannot be read; {@code SchemaMismatch}
     *     when a file has a column of a type that the declared one does not hold without loss
     */
    void make(TableReference name, String what, List<Column> columns, List<LocalRows> parts) throws IOException {
        requireKnownTypes(what, columns);
        String create = "CREATE OR REPLACE VIEW " + sql(name) + " AS ";
        int end = WrappedQuery.bytes(create);
        List<Cast> made = new ArrayList<>();
        List<String> selects = new ArrayList<>();
        for (LocalRows part : parts) {
            deadline.check(() -> "the view of " + what + " was not made");
            if (part.files().isEmpty()) {
                selects.add(part.select(columns, Set.of()));
                end += WrappedQuery.bytes(selects.getLast() + ALL);
            }
            for (List<LocalFile> files : alike(part)) {
                LocalRows rows = new LocalRows(files, part.keys());
                Set<String> present = present(what, columns, rows);
                selects.add(rows.select(columns, present));
                for (Map.Entry<Column, Integer> cast :
                        LocalRows.casts(columns, present).entrySet()) {
                    made.add(new Cast(end + cast.getValue(), cast.getKey(), files));
                }
                end += WrappedQuery.bytes(selects.getLast() + ALL);
            }
        }
        name.database().ifPresent(schema -> execute("CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(schema)));
        execute(create + String.join(ALL, selects));
        casts.put(name, List.copyOf(made));
    }

    /**
     * The error for an object that made a query fail: it has a value that its column's declared type does not hold, or
     * it cannot be read. The reported place may also be in the query's text, and unreadable objects have none, so the
     * values are read again.
     */
    Optional<ConversionException> defect(DuckDbException e) {
        if (e.kind() != DuckDbException.Kind.OTHER) {
            return Optional.empty();
        }
        return e.position().isPresent() ? unfit(e.position().getAsInt()) : unreadable();
    }

    private Optional<ConversionException> unfit(int position) {
        return casts.values().stream()
                .flatMap(List::stream)
                .filter(cast -> cast.at() == position)
                .flatMap(cast -> cast.files().stream().flatMap(file -> unfit(cast.column(), file).stream()))
                .findFirst();
    }

    private Optional<ConversionException> unreadable() {
        Map<Path, LocalFile> files = new LinkedHashMap<>();
        Map<Path, List<Column>> columns = new HashMap<>();
        casts.values().stream()
                .flatMap(List::stream)
                .forEach(cast -> cast.files().forEach(file -> {
                    files.putIfAbsent(file.path(), file);
                    columns.computeIfAbsent(file.path(), unseen -> new ArrayList<>())
                            .add(cast.column());
                }));
        return files.values().stream()
                .takeWhile(file -> deadline.left().isPositive())
                .filter(file -> Files.exists(file.path()))
                .flatMap(file -> unreadable(file, columns.get(file.path())).stream())
                .findFirst();
    }

    private Optional<ConversionException> unreadable(LocalFile file, List<Column> columns) {
        return ParquetValues.defect(database, file.path(), ParquetValues.of(columns), deadline.left())
                .map(why -> new ConversionException(FailureCode.CORRUPT, file.what() + why));
    }

    private Optional<ConversionException> unfit(Column column, LocalFile file) {
        try {
            database.query(
                    CAST_ALL + LocalRows.cast(column) + ")) FROM " + LocalRows.read(List.of(file.path())),
                    deadline.left(),
                    row -> row.text(1));
            return Optional.empty();
        } catch (DuckDbException e) {
            return e.position().stream()
                    .filter(at -> at == CAST_ALL.length())
                    .mapToObj(at -> new ConversionException(
                            FailureCode.SCHEMA_MISMATCH,
                            ("%s: column '%s' is declared %s, which does not hold a value of it (%s): declare a type that does, or"
                                            + " write the object again")
                                    .formatted(
                                            file.what(),
                                            LogSafe.beginning(column.name(), 100),
                                            LogSafe.beginning(column.type(), 100),
                                            LogSafe.ofLines(SqlFailure.withoutName(e), 300)),
                            e))
                    .findFirst();
        }
    }

    private static void requireKnownTypes(String what, List<Column> columns) {
        for (Column column : columns) {
            try {
                HiveTypeParser.parse(column.type());
            } catch (IllegalArgumentException e) {
                throw new ConversionException(
                        FailureCode.UNSUPPORTED_TYPE,
                        "%s: column '%s': %s".formatted(what, LogSafe.beginning(column.name(), 100), e.getMessage()),
                        e);
            }
        }
    }

    /**
     * Groups the files by their columns' types. For different types the database would choose a common one that may not
     * hold all values, such as float for an integer and a float.
     */
    private static Collection<List<LocalFile>> alike(LocalRows part) {
        return part.files().stream()
                .collect(Collectors.groupingBy(LocalFile::types, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** The declared columns that the files have; all files have the same types. */
    private Set<String> present(String what, List<Column> columns, LocalRows rows) throws IOException {
        Map<String, DuckDbType> types = rows.files().getFirst().types();
        Nanoseconds nanoseconds = new Nanoseconds(database, deadline);
        Set<String> present = new HashSet<>();
        for (Column column : columns) {
            String name = column.name().toLowerCase(Locale.ROOT);
            DuckDbType found = types.get(name);
            if (found != null) {
                HiveType declared = HiveTypeParser.parse(column.type());
                if (Nanoseconds.are(found) && declared == HiveType.Scalar.TIMESTAMP) {
                    requireMicroseconds(nanoseconds, what, column, rows);
                } else if (!Widening.isLossless(found, declared)) {
                    throw new ConversionException(
                            FailureCode.SCHEMA_MISMATCH,
                            ("%s: column '%s' is declared %s, and is %s in the files, such as %s: declare a type that holds it,"
                                            + " or write them again")
                                    .formatted(
                                            what,
                                            LogSafe.beginning(column.name(), 100),
                                            column.type(),
                                            found.shown(),
                                            rows.files().getFirst().what()));
                }
                nanoseconds.requireNoneCut(what, column, found, rows);
                present.add(name);
            }
        }
        return present;
    }

    private void requireMicroseconds(Nanoseconds nanoseconds, String what, Column column, LocalRows rows) {
        try {
            nanoseconds.requireMicroseconds(what, column, rows);
        } catch (DuckDbException e) {
            throw rows.files().stream()
                    .filter(file -> e.kind() == DuckDbException.Kind.OTHER)
                    .flatMap(file -> unreadable(file, List.of(column)).stream())
                    .<RuntimeException>map(found -> found)
                    .findFirst()
                    .orElse(e);
        }
    }

    private void execute(String sql) {
        database.execute(sql, deadline.left());
    }

    private static String sql(TableReference name) {
        return name.database().map(schema -> Sql.identifier(schema) + ".").orElse("main.")
                + Sql.identifier(name.table());
    }
}
