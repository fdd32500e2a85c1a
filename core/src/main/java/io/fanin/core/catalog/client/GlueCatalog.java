package io.fanin.core.catalog.client;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.GlueRetries;
import io.fanin.core.catalog.ParallelRequests;
import io.fanin.core.catalog.Rounds;
import io.fanin.core.catalog.partition.DeregistrationOutcome;
import io.fanin.core.catalog.partition.PartitionDeregistrar;
import io.fanin.core.catalog.partition.PartitionReader;
import io.fanin.core.catalog.partition.PartitionRegistrar;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.PartitionScan;
import io.fanin.core.catalog.partition.PartitionWriter;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.GlueTableCreator;
import io.fanin.core.catalog.table.PartitionIndexes;
import io.fanin.core.catalog.table.TableListing;
import io.fanin.core.catalog.table.TableReader;
import io.fanin.core.catalog.table.TableReplacedException;
import io.fanin.core.catalog.table.TableUpdater;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Partition;

/**
 * The AWS Glue Data Catalog: tables are read, created and marked, partitions read and registered.
 *
 * <p>All operations are idempotent. Every method throws {@link CatalogUnavailableException} if Glue throttles, fails or
 * does not answer in all attempts, and {@link CatalogException} if it refuses: permissions are missing in IAM or Lake
 * Formation, or the table is gone. Thread-safe.
 */
public final class GlueCatalog {

    /** The default maximum of concurrent requests for batches of partitions. */
    public static final int PARALLEL = 4;

    /** The fewest wanted tables a page for which listing a database is worth its requests. */
    private static final int TABLES_A_PAGE = 10;

    private final JobReader jobs;
    private final TableReader tables;
    private final TableListing listing;
    private final GlueTableCreator creator;
    private final TableUpdater updater;
    private final PartitionReader partitions;
    private final PartitionIndexes partitionIndexes;
    private final PartitionScan scan;
    private final PartitionRegistrar registrar;
    private final PartitionDeregistrar deregistrar;

    public GlueCatalog(GlueClient glue) {
        this(glue, Sleeper.SYSTEM);
    }

    /** A catalog for tests that do not wait. */
    public GlueCatalog(GlueClient glue, Sleeper sleeper) {
        this(glue, sleeper, Workers.THREADS, PARALLEL);
    }

    /**
     * A catalog with these settings.
     *
     * @param sleeper waits between attempts
     * @param workers sends concurrent requests
     * @param parallel the maximum number of concurrent requests for batches of partitions
     */
    public GlueCatalog(GlueClient glue, Sleeper sleeper, Workers workers, int parallel) {
        GlueRetries retries = new GlueRetries(new Backoff(sleeper));
        this.jobs = new JobReader(glue, retries);
        this.tables = new TableReader(glue, retries);
        this.listing = new TableListing(glue, retries);
        this.creator = new GlueTableCreator(glue, tables, retries);
        this.updater = new TableUpdater(glue, tables, retries);
        ParallelRequests requests = new ParallelRequests(workers, parallel);
        Rounds rounds = new Rounds(retries, requests);
        this.partitions = new PartitionReader(glue, retries, requests);
        this.partitionIndexes = new PartitionIndexes(glue, retries);
        this.scan = new PartitionScan(glue, retries, workers);
        this.registrar = new PartitionRegistrar(partitions, new PartitionWriter(glue), rounds);
        this.deregistrar = new PartitionDeregistrar(glue, partitions, rounds);
    }

    private GlueCatalog(GlueCatalog other, PartitionScan scan) {
        this.jobs = other.jobs;
        this.tables = other.tables;
        this.listing = other.listing;
        this.creator = other.creator;
        this.updater = other.updater;
        this.partitions = other.partitions;
        this.partitionIndexes = other.partitionIndexes;
        this.scan = scan;
        this.registrar = other.registrar;
        this.deregistrar = other.deregistrar;
    }

    /**
     * The same catalog for a reader that does not list partitions at any cost.
     *
     * @param before run before each page of partitions is requested, by any thread; throws to end the listing
     */
    public GlueCatalog checkedBy(Runnable before) {
        return new GlueCatalog(this, scan.checkedBy(before));
    }

    /** A Glue job's settings for the arguments of its runs; empty if there is no such job. */
    public Optional<JobArguments> job(String name) {
        return jobs.find(name);
    }

    /** The table; empty if there is no such table or database. */
    public Optional<CatalogTable> table(TableName name) {
        return tables.find(name).map(raw -> new CatalogTable(name, raw));
    }

    /** The names of all databases. */
    public List<String> databases() {
        return listing.databases();
    }

    /**
     * Lists a database until these tables are found, with a request for 100 tables. It gives up where the database has
     * more than ten times as many: those that are missing may exist.
     *
     * @return tables by their names, others among them; empty if there is no such database
     */
    public Optional<Map<String, CatalogTable>> listed(String database, Collection<String> tables) {
        return listing.first(database, tables, 1 + tables.size() / TABLES_A_PAGE)
                .map(found -> found.values().stream()
                        .map(raw -> new CatalogTable(new TableName(database, raw.name()), raw))
                        .collect(Collectors.toMap(table -> table.name().table(), Function.identity())));
    }

    /** All tables of a database; an empty list if there is no such database. */
    public List<CatalogTable> tables(String database) {
        return listing.tables(database).stream()
                .map(raw -> new CatalogTable(new TableName(database, raw.name()), raw))
                .toList();
    }

    /**
     * The table of a run that began earlier.
     *
     * @param report of the run
     * @throws TableReplacedException if the table is gone, was created again, or has other keys now: then the run's
     *     partitions are gone too
     */
    public CatalogTable tableOfEarlierRun(TableDefinition definition, RunReport report) {
        CatalogTable table = tableOfEarlierRun(definition);
        report.details().tableCreated().ifPresent(table::requireCreated);
        return table;
    }

    /**
     * The table of a run that began earlier, if it is not known when the table was created.
     *
     * @throws TableReplacedException if the table is gone, or has other keys now: then the run's partitions are gone
     *     too
     */
    public CatalogTable tableOfEarlierRun(TableDefinition definition) {
        CatalogTable table = table(definition.name())
                .orElseThrow(() -> new TableReplacedException(definition.name(), "is no longer in the catalog"));
        if (!table.hasKeysOf(definition)) {
            throw new TableReplacedException(definition.name(), "has other partition keys now");
        }
        return table;
    }

    /**
     * Passes every partition of a table to the consumer, on the calling thread, page by page and in no particular
     * order.
     */
    public void forEachPartition(TableName table, Consumer<RegisteredPartition> consumer) {
        scan.forEach(table, mapped(consumer));
    }

    /**
     * Passes the partitions that match an expression to the consumer; otherwise like {@link #forEachPartition}.
     *
     * @param expression for Glue's GetPartitions, such as {@code dt >= '2026-11-18'}
     * @throws CatalogException if Glue does not accept it
     */
    public void forEachPartitionWhere(TableName table, String expression, Consumer<RegisteredPartition> consumer) {
        scan.forEachWhere(table, expression, mapped(consumer));
    }

    /**
     * Passes every partition of a table of any size to the consumer: page by page, and beyond ten pages like
     * {@link #forEachPartitionInSegments}.
     *
     * @param consumer called by several threads at a time
     */
    public void forEachPartitionInPagesOrSegments(TableName table, Consumer<RegisteredPartition> consumer) {
        scan.forEachInPagesOrSegments(table, mapped(consumer));
    }

    /**
     * Passes every partition of a large table to the consumer, in ten concurrent segments. The first failure, of Glue
     * or of the consumer, ends all segments and is thrown when they have ended.
     *
     * @param consumer called by several threads at a time
     */
    public void forEachPartitionInSegments(TableName table, Consumer<RegisteredPartition> consumer) {
        scan.forEachInSegments(table, mapped(consumer));
    }

    /**
     * Passes at least the partitions whose period begins at or after a time to the consumer, each once, on the calling
     * thread. Glue filters most others out, but not if the keys contain no time or it refuses to compare the table's
     * values. Some partitions whose values contain no time are omitted.
     *
     * @param keys the table's
     */
    public void forEachPartitionFrom(
            TableName table, List<PartitionKey> keys, LocalDateTime from, Consumer<RegisteredPartition> consumer) {
        scan.forEachFrom(table, keys, from, mapped(consumer));
    }

    /**
     * Some partitions of a table.
     *
     * @param isWhole whether they are all that the table has
     */
    public record PartitionSample(List<RegisteredPartition> partitions, boolean isWhole) {}

    /**
     * Reads at most this number of pages of a table's partitions, in no particular order.
     *
     * @param pages 1 or more; a page has at most 1,000 partitions
     */
    public PartitionSample samplePartitions(TableName table, int pages) {
        List<RegisteredPartition> partitions = new ArrayList<>();
        boolean isWhole = scan.forFirst(table, pages, mapped(partitions::add));
        return new PartitionSample(List.copyOf(partitions), isWhole);
    }

    private static Consumer<Partition> mapped(Consumer<RegisteredPartition> consumer) {
        return partition -> consumer.accept(RegisteredPartition.fromGlue(partition));
    }

    /**
     * The table's partitions for these values, in any spelling of their numbers ({@code 7} for {@code 07}). Values that
     * Glue cannot hold are not requested.
     *
     * @param keys the table's, as they are understood
     * @return the partitions by the values as given, without those that do not exist
     */
    public Map<PartitionValues, RegisteredPartition> find(
            CatalogTable table, List<PartitionKey> keys, Collection<PartitionValues> values) {
        return partitions.find(
                table.name(), keys, PartitionReader.weight(table.columns()), values, RegisteredPartition::fromGlue);
    }

    /** As above, for a table of which only the definition is known. */
    public Map<PartitionValues, RegisteredPartition> find(TableDefinition table, Collection<PartitionValues> values) {
        return partitions.find(table, values, RegisteredPartition::fromGlue);
    }

    /** A partition with the time of its creation; empty if Glue does not return it. */
    public record DatedPartition(RegisteredPartition partition, Optional<Instant> created) {}

    /** The partition that {@link #find} returns for these values, with its creation time. */
    public Optional<DatedPartition> findDated(TableName table, List<PartitionKey> keys, PartitionValues values) {
        return partitions
                .find(
                        table,
                        keys,
                        1,
                        List.of(values),
                        partition -> new DatedPartition(
                                RegisteredPartition.fromGlue(partition), Optional.ofNullable(partition.creationTime())))
                .values()
                .stream()
                .findFirst();
    }

    /**
     * Creates a table and its database unless they exist.
     *
     * @param extraParameters table parameters besides those of the definition
     * @return the table in the catalog, which may differ from the definition if it existed before
     * @throws CatalogException also if no reader could read such a table
     */
    public CatalogTable createTableIfAbsent(TableDefinition definition, Map<String, String> extraParameters) {
        return createTableIfAbsent(definition, List.of(), extraParameters);
    }

    /**
     * Creates a table with partition indexes unless it exists; an existing table does not get them.
     *
     * @param indexes the names of each index's keys, in their order
     */
    public CatalogTable createTableIfAbsent(
            TableDefinition definition, List<List<String>> indexes, Map<String, String> extraParameters) {
        return new CatalogTable(definition.name(), creator.createTableIfAbsent(definition, indexes, extraParameters));
    }

    /** The partition indexes among these that a table does not have. */
    public List<List<String>> missingIndexes(TableName table, List<List<String>> indexes) {
        return indexes.isEmpty() ? List.of() : partitionIndexes.missing(table, indexes);
    }

    /**
     * Registers partitions, in batches. A partition that already exists is updated if its location, parameters, columns
     * or SerDe differ; parameters from other tools are kept, except statistics of the earlier data. Each partition
     * repeats the table's storage descriptor as it was when {@code table} was read.
     *
     * <p>A partition that Glue refuses does not affect others. Entries that Glue throttles or answers ambiguously are
     * tried again in {@link Rounds}; at the end everything is read back, so that every partition reported as registered
     * exists.
     *
     * @return one outcome for each partition given, in their order
     * @throws CatalogException also if the table is unusable ({@link CatalogTable#whyUnusable()}); partitions of
     *     earlier batches may be registered then
     */
    public RegistrationReport register(CatalogTable table, List<PartitionRegistration> partitions) {
        return registrar.register(table, partitions);
    }

    /**
     * Deletes partitions from the catalog, but not their data, in batches; with rounds and verification as in
     * {@link #register}.
     *
     * @param check names the partitions to keep, of each batch just before it is deleted, on several threads at a time
     * @return one outcome for each partition
     */
    public Map<PartitionValues, DeregistrationOutcome> deregister(
            CatalogTable table, Collection<PartitionValues> partitions, PartitionDeregistrar.LastCheck check) {
        return deregistrar.deregister(table.name(), PartitionReader.weight(table.columns()), partitions, check);
    }

    /**
     * Changes a table's parameters and nothing else, even if others write to the table concurrently.
     *
     * @param table as read, or as returned by an earlier change
     * @param change maps the current parameters to the new ones; called again if another writer changed the table
     *     meanwhile
     * @return the changed table
     * @throws CatalogException also if the table was dropped and created again since it was read
     */
    public CatalogTable updateParameters(CatalogTable table, UnaryOperator<Map<String, String>> change) {
        return updater.update(table, change);
    }

    /**
     * Adds columns after those of a table, even if others write to it concurrently; partitions keep the columns with
     * which they are registered.
     *
     * @param columns all columns of the changed table, its present ones first; if it already has them, it stays as it
     *     is
     * @throws CatalogException also if the table's present columns differ
     */
    public CatalogTable appendColumns(CatalogTable table, List<Column> columns) {
        return updater.appendColumns(table, columns);
    }
}
