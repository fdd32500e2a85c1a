package io.fanin.cli.query;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Hints;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.s3.BucketReader;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.TableStatus;
import io.fanin.model.text.Counted;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.sql.DefaultDatabase;
import io.fanin.records.sql.Query;
import io.fanin.records.tables.CatalogTables;
import io.fanin.records.tables.CatalogTables.PartitionChoice;
import io.fanin.records.tables.QuerySession;
import io.fanin.records.tables.TableCopies;
import io.fanin.records.tables.TableSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a query over registered data only, with the processor's own readers.
 *
 * @param maxMebibytes the maximum size of the data that is copied of a table
 * @param hints suggested commands that list missing data
 * @param warnings receives the tables that are partial, and the data that is missing from the result
 */
public record RegisteredQuery(
        GlueCatalog catalog,
        Function<String, BucketReader> buckets,
        DefaultDatabase database,
        PartitionChoice partitions,
        long maxMebibytes,
        Hints hints,
        Consumer<String> warnings) {

    private static final long MEBIBYTE = 1024 * 1024;

    /**
     * Runs a query.
     *
     * @param temporary the folder for copies of the registered data
     */
    public void run(String sql, Path temporary, ResultPrinter to) throws IOException {
        try (QuerySession session = QuerySession.open(
                database,
                (name, most) -> catalog.table(name).map(table -> {
                    warnOfGaps(table);
                    return CatalogTables.read(catalog, table, most, partitions);
                }),
                bucket -> new S3ObjectSource(buckets.apply(bucket)),
                TableCopies.NONE,
                settings(temporary),
                Deadline.NONE)) {
            Query query = session.parse(sql);
            session.find(query);
            session.sizes(query).forEach(this::requireFewerBytes);
            session.bring(query);
            session.rows(query, to);
            to.end();
        }
    }

    /** Half of this machine's memory: the default limit of the heap is a quarter. */
    private static ConversionSettings settings(Path temporary) throws IOException {
        return ConversionSettings.of(
                temporary,
                Files.getFileStore(temporary).getUsableSpace(),
                2 * Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors());
    }

    private void requireFewerBytes(TableSize size) {
        if (size.bytes() > maxMebibytes * MEBIBYTE) {
            throw new CommandFailedException(
                    size.table() + " has " + size.bytes() / MEBIBYTE + " MiB in "
                            + Counted.of(size.objects(), "object") + " of " + Counted.of(size.partitions(), "partition")
                            + ", and " + maxMebibytes + " MiB may be read",
                    "choose partitions with --partitions, or raise --max-mib");
        }
    }

    private void warnOfGaps(CatalogTable table) {
        Map<String, String> parameters = table.parameters();
        if (TableStatus.PARTIAL.name().equals(parameters.get(FaninNames.STATUS))) {
            String lacking = Stream.of(
                            lacking(parameters.get(FaninNames.MISSING), "missing period"),
                            lacking(parameters.get(FaninNames.FAILED), "failed partition")
                                    .map(failed -> failed + " (unless still registered)"))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" and "));
            warnings.accept(table.name() + " is PARTIAL: the answer is without "
                    + (lacking.isEmpty()
                            ? "what is being registered."
                            : lacking + "; "
                                    + hints.command("status", table.name().toString()) + " tells which."));
        }
    }

    private static Optional<String> lacking(String count, String noun) {
        return Optional.ofNullable(count)
                .filter(number -> number.matches("[1-9][0-9]{0,17}"))
                .map(number -> Counted.of(Long.parseLong(number), noun));
    }
}
