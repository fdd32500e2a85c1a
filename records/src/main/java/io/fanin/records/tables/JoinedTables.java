package io.fanin.records.tables;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.files.LocalConversion;
import io.fanin.records.objects.SourceObjects;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.sql.DefaultDatabase;
import io.fanin.records.sql.SqlFailure;
import io.fanin.records.sql.TableReference;
import io.fanin.records.tables.RegisteredTable.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The tables that a query joins: looked up in the catalog, copied to the disk once, and made views, for all partitions
 * that the query runs over.
 */
final class JoinedTables {

    /** The maximum number of folders of a table, which is read completely. */
    private static final int MAX_FOLDERS = 1000;

    /** The maximum number of objects of all tables, whose names are in memory while they are read. */
    private static final int MAX_OBJECTS = 200_000;

    private static final int LISTED_AT_A_TIME = 8;

    /** Placeholder keys: a definition needs keys, although reading does not use them. */
    private static final List<PartitionKey> NO_KEYS = List.of(new PartitionKey("none", KeyType.STRING));

    private final DefaultDatabase database;
    private final TableSource tables;
    private final FolderReaders rows;
    private final Map<S3Location, List<ObjectSummary>> listed;
    private final Path folder;
    private final TableCopies.Pass copies;
    private final Map<TableName, RegisteredTable> found = new LinkedHashMap<>();
    private final Map<TableName, List<LocalRows>> brought = new HashMap<>();
    private final Set<TableReference> made = new HashSet<>();
    private long taken;

    /**
     * Starts without tables.
     *
     * @param listed receives the objects of the folders that are listed
     * @param folder the folder on the disk for their rows
     * @param copies of tables that were read for other batches
     */
    JoinedTables(
            DefaultDatabase database,
            TableSource tables,
            FolderReaders rows,
            Map<S3Location, List<ObjectSummary>> listed,
            Path folder,
            TableCopies.Pass copies) {
        this.copies = copies;
        this.database = database;
        this.tables = tables;
        this.rows = rows;
        this.listed = listed;
        this.folder = folder;
    }

    /**
     * Creates views with the tables' columns, without rows, so that an invalid query fails before any table is read.
     */
    void find(Set<TableReference> references) throws IOException {
        for (TableReference reference : missing(references)) {
            RegisteredTable table = find(reference);
            makeView(reference, table, List.of());
        }
    }

    /** Copies the rows of these tables. */
    void bring(Set<TableReference> references) throws IOException {
        copies.joinOnly(references.stream()
                .filter(reference -> !reference.equals(TableReference.SOURCE))
                .map(this::find)
                .map(RegisteredTable::name)
                .collect(Collectors.toSet()));
        for (TableReference reference : missing(references)) {
            RegisteredTable table = find(reference);
            if (!brought.containsKey(table.name())) {
                brought.put(table.name(), parts(table));
            }
            makeView(reference, table, brought.get(table.name()));
            made.add(reference);
        }
    }

    private List<TableReference> missing(Set<TableReference> references) {
        return references.stream()
                .filter(reference -> !reference.equals(TableReference.SOURCE) && !made.contains(reference))
                .toList();
    }

    private void makeView(TableReference reference, RegisteredTable table, List<LocalRows> parts) throws IOException {
        rows.views()
                .make(
                        reference,
                        "table " + table.name(),
                        table.readable(),
                        parts.isEmpty() ? List.of(nothing(table)) : parts);
    }

    /** Lists the folders of tables that are not copied yet. */
    List<TableSize> sizes(Set<TableReference> references) {
        List<RegisteredTable> wanted =
                missing(references).stream().map(this::find).distinct().toList();
        list(wanted);
        return wanted.stream().map(this::size).toList();
    }

    /** Lists the folders of tables that are not listed yet, several at a time. */
    private void list(List<RegisteredTable> wanted) {
        List<S3Location> unlisted = wanted.stream()
                .flatMap(table -> table.folders().stream())
                .map(Folder::location)
                .distinct()
                .filter(folder -> !listed.containsKey(folder))
                .toList();
        AtomicInteger objects =
                new AtomicInteger(listed.values().stream().mapToInt(List::size).sum());
        Workers.THREADS.each(
                LISTED_AT_A_TIME,
                unlisted,
                folder -> listed.put(folder, rows.list(folder, () -> count(objects, folder))));
    }

    private static void count(AtomicInteger objects, S3Location folder) {
        if (objects.incrementAndGet() > MAX_OBJECTS) {
            throw new ConversionException(
                    FailureCode.UNUSABLE_TABLE,
                    "the query joins tables of more than " + MAX_OBJECTS + " objects, the last of them below "
                            + LogSafe.of(folder.uri()) + ": write them into fewer objects, or join smaller tables");
        }
    }

    /** The hashes of a table's folders, which change with any of their objects. */
    private List<String> hashes(RegisteredTable table) {
        list(List.of(table));
        table.folders().stream().filter(Folder::heldData).forEach(folder -> requireData(table, folder.location()));
        return table.folders().stream()
                .map(Folder::location)
                .map(folder -> SourceObjects.of(rows.objectsOfBucket().apply(folder.bucket()), folder.prefix())
                        .inventory()
                        .hash())
                .toList();
    }

    /**
     * Requires that a folder which was registered with data has some; otherwise its rows would silently be missing from
     * the result.
     */
    private void requireData(RegisteredTable table, S3Location folder) {
        if (listed.get(folder).stream().noneMatch(object -> DataObjects.isData(folder.prefix(), object))) {
            throw new ConversionException(
                    FailureCode.UNUSABLE_TABLE,
                    "the query names table " + table.name() + ", of which a partition was registered with data, and "
                            + LogSafe.of(folder.uri())
                            + " holds none: write it again, or take the partition from the catalog");
        }
    }

    private TableSize size(RegisteredTable table) {
        List<ObjectSummary> objects = table.folders().stream()
                .map(Folder::location)
                .flatMap(folder ->
                        listed.get(folder).stream().filter(object -> DataObjects.isData(folder.prefix(), object)))
                .toList();
        return new TableSize(
                table.name(),
                objects.stream().mapToLong(ObjectSummary::size).sum(),
                objects.size(),
                table.folders().size());
    }

    /** The bytes that the tables take on the disk. */
    long taken() {
        return taken;
    }

    private RegisteredTable find(TableReference reference) {
        return find(reference.in(database));
    }

    private RegisteredTable find(TableName name) {
        if (!found.containsKey(name)) {
            RegisteredTable table = copies.find(name)
                    .map(TableCopies.Copy::table)
                    .or(() -> tables.find(name, MAX_FOLDERS))
                    .orElseThrow(() -> unknown(name));
            if (table.readable().isEmpty()) {
                throw new ConversionException(
                        FailureCode.UNUSABLE_TABLE,
                        "the query names table " + name + ", which has no column that a query can read");
            }
            found.put(name, table);
        }
        return found.get(name);
    }

    /** Reads a table completely; on a failure its disk space is free again. */
    private List<LocalRows> parts(RegisteredTable table) throws IOException {
        long before = rows.room().taken();
        Scratch own = Scratch.in(folder);
        boolean whole = false;
        try {
            Optional<TableCopies.Copy> ofPass = copies.find(table.name());
            List<String> hashes = ofPass.isPresent() ? List.of() : hashes(table);
            Optional<TableCopies.Copy> copy = ofPass.or(() -> copies.unchanged(table, hashes));
            List<LocalRows> parts = copy.isPresent() ? linked(copy.get(), own.folder()) : read(table, own.folder());
            whole = true;
            long bytes = rows.room().taken() - before;
            taken += bytes;
            if (copy.isEmpty()) {
                copies.keep(folder.getParent(), new TableCopies.Copy(table, hashes, parts, bytes));
            }
            return parts;
        } finally {
            table.folders().stream().map(Folder::location).forEach(listed::remove);
            if (!whole) {
                own.close();
                rows.room().giveBackTo(before);
            }
        }
    }

    private List<LocalRows> linked(TableCopies.Copy copy, Path own) throws IOException {
        rows.room().take(copy.bytes(), "table " + copy.table().name());
        return copy.linked(own);
    }

    private List<LocalRows> read(RegisteredTable table, Path own) throws IOException {
        List<LocalRows> parts = new ArrayList<>();
        for (Folder part : table.folders()) {
            parts.add(bring(table, part, Files.createDirectory(own.resolve("part-" + parts.size()))));
        }
        return parts;
    }

    private LocalRows bring(RegisteredTable table, Folder part, Path own) throws IOException {
        SourceDefinition source = new SourceDefinition(
                part.location(), table.format(), table.csv(), NO_KEYS, TableDefinition.HIVE_LAYOUT);
        List<LocalFile> files = new ArrayList<>();
        try {
            rows.of(source, table.inObjects(), LocalConversion.NO_BAD_RECORDS, CsvReading.BY_PLACE)
                    .bring(part.location().prefix(), own, files::add);
        } catch (ConversionException e) {
            throw new ConversionException(e.code(), "table " + table.name() + ": " + e.getMessage(), e);
        }
        return new LocalRows(
                files,
                part.values().map(values -> KeyValue.of(table.keys(), values)).orElse(List.of()));
    }

    /** The rows of a table without partitions, which still has its columns. */
    private static LocalRows nothing(RegisteredTable table) {
        return new LocalRows(
                List.of(), table.keys().stream().map(KeyValue::none).toList());
    }

    /**
     * The error for a query that fails because it names a column that queries do not see; absent if it has another
     * reason.
     *
     * @param where the place in the user's text with a colon, or an empty string
     */
    Optional<ConversionException> unreadableColumn(String where, DuckDbException e) {
        String message = SqlFailure.withoutName(e).toLowerCase(Locale.ROOT);
        return found.values().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> !RegisteredTable.isReadable(column))
                        .filter(column -> message.startsWith("binder error")
                                && message.contains('"' + column.name().toLowerCase(Locale.ROOT) + '"'))
                        .map(column ->
                                "column '%s' of table %s is %s, which no query can read: leave it out of the query"
                                        .formatted(
                                                LogSafe.beginning(column.name(), 100),
                                                table.name(),
                                                LogSafe.beginning(column.type(), 100))))
                .findFirst()
                .map(why -> new ConversionException(FailureCode.UNSUPPORTED_TYPE, where + why, e));
    }

    private static ConversionException unknown(TableName name) {
        return new ConversionException(
                FailureCode.UNKNOWN_TABLE,
                "the query names table %s, which is not in the Glue Data Catalog: correct the name, or create the table"
                        .formatted(LogSafe.beginning(name.toString(), 300)));
    }
}
