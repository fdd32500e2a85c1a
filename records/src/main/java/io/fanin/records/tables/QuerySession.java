package io.fanin.records.tables;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.spec.processor.RawRecords;
import io.fanin.model.table.Column;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.SourceDefinition;
import io.fanin.records.duckdb.DuckDb;
import io.fanin.records.duckdb.DuckDbException;
import io.fanin.records.duckdb.DuckDbRow;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.raw.CsvReading;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionFailures;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.DiskBudget;
import io.fanin.records.scratch.ScratchDatabase;
import io.fanin.records.sql.DefaultDatabase;
import io.fanin.records.sql.Query;
import io.fanin.records.sql.QueryLimit;
import io.fanin.records.sql.TableReference;
import io.fanin.records.sql.WrappedQuery;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A database for queries over registered tables, which contains only those that a query names. A query is parsed, its
 * tables are found and copied, and then it runs. Used by one thread.
 */
public final class QuerySession implements Closeable {

    private final ScratchDatabase scratch;
    private final ConversionFailures failures;
    private final Deadline deadline;
    private final DiskBudget budget;
    private final FolderReaders folders;
    private final Views views;
    private final JoinedTables tables;

    private QuerySession(
            DefaultDatabase defaultDatabase,
            TableSource catalog,
            Function<String, ObjectSource> objects,
            TableCopies.Pass copies,
            ScratchDatabase scratch,
            Deadline deadline) {
        ConversionSettings settings = scratch.settings();
        Map<S3Location, List<ObjectSummary>> listed = new ConcurrentHashMap<>();
        this.scratch = scratch;
        this.failures = new ConversionFailures(settings);
        this.deadline = deadline;
        this.budget = new DiskBudget(settings.forRows());
        this.views = new Views(scratch.database(), deadline);
        this.folders = new FolderReaders(
                bucket -> new ListedObjects(bucket, objects.apply(bucket), listed),
                settings.withHalfTheDisk(),
                deadline,
                views,
                budget);
        this.tables = new JoinedTables(defaultDatabase, catalog, folders, listed, scratch.folder(), copies);
    }

    /**
     * Opens the database.
     *
     * @param catalog where tables are looked up
     * @param objects reads a bucket
     * @param copies of tables that were read for other queries
     */
    public static QuerySession open(
            DefaultDatabase defaultDatabase,
            TableSource catalog,
            Function<String, ObjectSource> objects,
            TableCopies.Pass copies,
            ConversionSettings settings,
            Deadline deadline)
            throws IOException {
        return new QuerySession(
                defaultDatabase, catalog, objects, copies, ScratchDatabase.forQueries(settings), deadline);
    }

    public DuckDb database() {
        return scratch.database();
    }

    /** The only folder whose files the database sees. */
    public Path folder() {
        return scratch.folder();
    }

    /** Reads a text. Fails with {@code SqlError} if it is not one SELECT statement, or uses forbidden parts. */
    public Query parse(String sql) throws IOException {
        return failures.named(() -> Query.parse(database(), sql, deadline.left()));
    }

    /** A reader for folders of raw data; {@code UnsupportedType} when a column's type cannot be read. */
    public FolderReader reader(SourceDefinition source, List<Column> columns, RawRecords rules) {
        return folders.of(source, columns, rules, CsvReading.BY_HEADER);
    }

    /** Creates a view of rows on the disk; messages name it {@code what}. */
    public void view(TableReference name, String what, List<Column> columns, LocalRows rows) throws IOException {
        views.make(name, what, columns, List.of(rows));
    }

    /**
     * Creates views with the columns of the query's tables, each looked up once, so that an invalid query fails before
     * any table is read.
     */
    public void find(Query query) throws IOException {
        failures.named(() -> {
            tables.find(query.tables());
            return query;
        });
    }

    /** Lists the folders of a query's tables after {@link #find}, several at a time, each once. */
    public List<TableSize> sizes(Query query) {
        return tables.sizes(query.tables());
    }

    /** Copies the rows of a query's tables after {@link #find}. */
    public void bring(Query query) throws IOException {
        failures.named(() -> {
            tables.bring(query.tables());
            return query;
        });
    }

    /** Releases the disk space of everything read except tables; the files may be deleted. */
    public void recycle() {
        budget.giveBackTo(tables.taken());
    }

    /** The types of the columns of a query's result, by their names in lower case; no row is read. */
    public Map<String, DuckDbType> types(Query query, QueryLimit limit) {
        return described(query, limit, views::types);
    }

    private <T> T described(Query query, QueryLimit limit, Function<String, T> describe) {
        WrappedQuery described = new WrappedQuery(DuckDbType.DESCRIBE + "SELECT * FROM (", query, ") AS result)");
        try {
            return describe.apply(described.sql());
        } catch (DuckDbException e) {
            String where = described.where(e);
            throw tables.unreadableColumn(where, e).orElseGet(() -> limit.failure(where, e));
        }
    }

    /** The error for an object of a table or of {@code source}, if a query has failed because of its values. */
    public Optional<ConversionException> defect(DuckDbException e) {
        return views.defect(e);
    }

    /** Runs a query after {@link #bring}, holding one row of its result in memory. */
    public void rows(Query query, ResultSink to) throws IOException {
        QueryLimit limit = QueryLimit.of(deadline);
        failures.named(() -> {
            List<ResultColumn> columns = described(
                    query,
                    limit,
                    sql -> database()
                            .query(
                                    sql,
                                    deadline.left(),
                                    (DuckDbRow row) -> new ResultColumn(
                                            row.text(1).orElse(""), row.text(2).orElse(""))));
            WrappedQuery selected = selected(query, columns);
            to.columns(columns);
            try {
                database().forEach(selected.sql(), limit.time(), row -> to.row(row.values()));
            } catch (DuckDbException e) {
                throw defect(e).orElseGet(() -> limit.failure(selected.where(e), e));
            }
            return query;
        });
    }

    /**
     * The query with nested timestamps as strings: the driver would convert them to the machine's time zone, in which
     * they may not exist.
     */
    private static WrappedQuery selected(Query query, List<ResultColumn> columns) {
        List<String> casts = IntStream.range(0, columns.size())
                .mapToObj(i -> DuckDbType.withoutMoments(columns.get(i).type())
                        .map(type -> "CAST(c%d AS %s)".formatted(i, type))
                        .orElse("c" + i))
                .toList();
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return String.join(", ", casts).equals(names)
                ? new WrappedQuery("", query, "")
                : new WrappedQuery(
                        "SELECT " + String.join(", ", casts) + " FROM (", query, ") AS result(" + names + ")");
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
