package io.fanin.processor.sql;

import io.fanin.model.layout.Layout;
import io.fanin.model.partition.KeyMapping;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Inventory;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.table.SourceDefinition;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.text.LogSafe;
import io.fanin.processor.convert.PartitionMaker;
import io.fanin.processor.parquet.RowRules;
import io.fanin.processor.publish.Uploads;
import io.fanin.processor.publish.VersionTarget;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.files.LocalReport;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionFailures;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import io.fanin.records.sql.DefaultDatabase;
import io.fanin.records.sql.Query;
import io.fanin.records.sql.TableReference;
import io.fanin.records.tables.FolderReader;
import io.fanin.records.tables.KeyValue;
import io.fanin.records.tables.LocalFile;
import io.fanin.records.tables.LocalRows;
import io.fanin.records.tables.QuerySession;
import io.fanin.records.tables.TableCopies;
import io.fanin.records.tables.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes partitions from a query. The rows of a partition are written to the function's disk as Parquet, which the query
 * sees as the view {@code source}. All other names in it are registered tables.
 */
public final class PartitionQuery implements PartitionMaker {

    private final ResolvedSpec spec;
    private final ProcessorSpec.Sql sql;
    private final VersionTarget target;
    private final Deadline deadline;
    private final ConversionFailures failures;
    private final QuerySession session;
    private final FolderReader source;
    private final ResultFiles results;
    private Query query;

    /**
     * Opens the database.
     *
     * @param spec resolved
     * @param sql the spec's processor
     * @param objectsOfBucket reads a bucket
     * @param catalog looks up joined tables
     * @param copies of joined tables, shared between batches
     * @throws ConversionException {@code UnsupportedType} if a column's type cannot be read or written
     */
    public PartitionQuery(
            ResolvedSpec spec,
            ProcessorSpec.Sql sql,
            Function<String, ObjectSource> objectsOfBucket,
            VersionTarget target,
            TableSource catalog,
            TableCopies.Pass copies,
            ConversionSettings settings,
            Deadline deadline)
            throws IOException {
        TableDefinition table = spec.definition();
        ResultColumns columns = new ResultColumns(table);
        this.spec = spec;
        this.sql = sql;
        this.target = target;
        this.deadline = deadline;
        this.failures = new ConversionFailures(settings);
        this.session = QuerySession.open(
                DefaultDatabase.named(spec.tableName().database()),
                catalog,
                objectsOfBucket,
                copies,
                settings,
                deadline);
        try {
            this.source = session.reader(spec.source().orElseThrow(), spec.sourceColumns(), sql);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        this.results = new ResultFiles(
                session,
                columns,
                sql.timeoutSeconds().map(Duration::ofSeconds),
                deadline,
                sql.targetFileSizeMbOrDefault(),
                settings.rowGroupBytes(settings.threads()));
    }

    @Override
    public ConversionReport make(Partition partition, String from, Consumer<Path> quarantine, RowRules check)
            throws IOException {
        return failures.named(() -> {
            try (Scratch scratched = Scratch.in(session.folder());
                    Uploads uploads = target.uploads(partition.prefix(), deadline)) {
                Query own = parsed();
                List<LocalFile> files = new ArrayList<>();
                return switch (source.bring(
                        from, Files.createDirectory(scratched.folder().resolve("source")), files::add)) {
                    case LocalReport.Local local -> {
                        ResultFiles.Written written = made(own, partition, files, scratched.folder(), check);
                        yield published(local, written, uploads, quarantine);
                    }
                    case ConversionReport.NoData none -> none;
                };
            } finally {
                session.recycle();
            }
        });
    }

    /**
     * Checks without any rows that partitions can be made: the text is one allowed query, its tables exist, and its
     * result has the table's columns.
     */
    public void check() throws IOException {
        SourceDefinition from = spec.source().orElseThrow();
        List<KeyValue> keys = Stream.concat(spec.definition().keys().stream(), from.keys().stream())
                .map(KeyValue::none)
                .toList();
        failures.named(() -> {
            bind(parsed(), "the source", List.of(), keys);
            return query;
        });
    }

    private Query parsed() throws IOException {
        if (query == null) {
            query = session.parse(sql.query().orElseThrow());
        }
        return query;
    }

    /** Creates the views for the query's names: the rows of the source, and the other tables without rows. */
    private void bind(Query own, String what, List<LocalFile> files, List<KeyValue> keys) throws IOException {
        session.find(own);
        session.view(TableReference.SOURCE, what, spec.sourceColumns(), new LocalRows(files, keys));
        results.check(own);
    }

    private ResultFiles.Written made(Query own, Partition partition, List<LocalFile> files, Path folder, RowRules check)
            throws IOException {
        bind(own, "the source's " + LogSafe.of(partition.dataPrefix()), files, keys(partition));
        session.bring(own);
        ResultFiles.Written written = results.write(own, folder.resolve("result"));
        for (Path file : written.files()) {
            check.add(session.database(), file);
        }
        check.end(written.rows());
        return written;
    }

    private ConversionReport published(
            LocalReport.Local raw, ResultFiles.Written written, Uploads uploads, Consumer<Path> quarantine)
            throws IOException {
        for (Path file : written.files()) {
            uploads.add(file);
        }
        uploads.await();
        deadline.checkPublishing(() -> "the query's %d rows are in %d files"
                .formatted(written.rows(), written.files().size()));
        Inventory published = uploads.publish(() -> raw.badRecords().ifPresent(quarantine));
        return new ConversionReport.Converted(
                raw.read(), published, uploads.version(), written.rows(), raw.bad(), raw.names());
    }

    /**
     * The values of the table's keys, and of the source's keys that the table lacks. The latter come from the source's
     * prefix: values derived from the table's keys would be zero-padded where the key is a text.
     */
    private List<KeyValue> keys(Partition partition) {
        TableDefinition table = spec.definition();
        SourceDefinition from = spec.source().orElseThrow();
        List<KeyValue> keys = new ArrayList<>(KeyValue.of(table.keys(), partition.values()));
        sourceValues(partition, from, table).ifPresent(values -> keys.addAll(KeyValue.of(from.keys(), values)));
        return keys;
    }

    private static Optional<PartitionValues> sourceValues(
            Partition partition, SourceDefinition from, TableDefinition table) {
        return partition
                .source()
                .filter(prefix -> prefix.startsWith(from.location().prefix()))
                .flatMap(prefix -> Layout.of(from.layout(), from.keys())
                        .valuesOf(prefix.substring(from.location().prefix().length())))
                .or(() -> KeyMapping.of(from.keys(), table.keys()).inverse().map(partition.values())
                                instanceof KeyMapping.Mapped.Values(var values)
                        ? Optional.of(values)
                        : Optional.empty());
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
