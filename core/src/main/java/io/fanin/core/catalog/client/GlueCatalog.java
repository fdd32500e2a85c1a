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
import io.fanin.core.catalog.table.TableUpdater;
import io.fanin.core.parallel.Workers;
import io.fanin.core.retry.Backoff;
import io.fanin.core.retry.Sleeper;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.table.Column;
import io.fanin.model.table.TableDefinition;
import io.fanin.model.table.TableName;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Partition;

/**
 * The AWS Glue Data Catalog: tables are read, created and marked, partitions read and registered.
 *
 * <p>Whatever is done here may be done again without harm. Every method throws {@link CatalogUnavailableException} when
 * Glue keeps throttling, failing or not answering, and {@link CatalogException} when it refuses: permissions are missing
 * in IAM or Lake Formation, or the table is gone. Safe for use by several threads.
 */
public final class GlueCatalog {

    /** Concurrent requests for batches of partitions, unless configured otherwise. */
    public static final int PARALLEL = 4;

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

    /** A catalog for tests, which need not wait. */
    public GlueCatalog(GlueClient glue, Sleeper sleeper) {
        this(glue, sleeper, Workers.THREADS, PARALLEL);
    }

    /**
     * A catalog with these settings.
     *
     * @param sleeper how to wait between attempts
     * @param workers who sends the requests that are sent side by side
     * @param parallel how many of them for batches of partitions, at most
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

    /** A Glue job's settings for the arguments of its runs; empty when there is no such job. */
    public Optional<JobArguments> job(String name) {
        return jobs.find(name);
    }

    /** Empty when there is no such table, or no such database. */
    public Optional<CatalogTable> table(TableName name) {
        return tables.find(name).map(raw -> new CatalogTable(name, raw));
    }

    /** The names of all databases. */
    public List<String> databases() {
        return listing.databases();
    }

    /** All tables of a database; none when there is no such database. */
    public List<CatalogTable> tables(String database) {
        return listing.tables(database).stream()
                .map(raw -> new CatalogTable(new TableName(database, raw.name()), raw))
                .toList();
    }

    /**
     * The table of a run that began earlier.
     *
     * @param created when the table was created that the run registered in; empty if that is not known
     * @throws CatalogException when it is gone, is another one, or has other keys than it had then: what the run registered
     *     is gone too
     */
    public CatalogTable tableOfEarlierRun(TableDefinition definition, Optional<Instant> created) {
        CatalogTable table = table(definition.name())
                .orElseThrow(() -> CatalogTable.recreated(definition.name(), "is no longer in the catalog"));
        if (!table.hasKeysOf(definition)) {
            throw CatalogTable.recreated(definition.name(), "has other partition keys now");
        }
        return table.requireCreated(created);
    }

    /** Gives every partition of a table to the consumer, on the calling thread, page by page and in no order. */
    public void forEachPartition(TableName table, Consumer<RegisteredPartition> consumer) {
        scan.forEach(table, mapped(consumer));
    }

    /**
     * The same of the partitions that an expression chooses.
     *
     * @param expression as Glue's GetPartitions takes it, such as {@code dt >= '2026-11-18'}
     * @throws CatalogException when Glue does not understand it
     */
    public void forEachPartitionWhere(TableName table, String expression, Consumer<RegisteredPartition> consumer) {
        scan.forEachWhere(table, expression, mapped(consumer));
    }

    /**
     * The same in ten segments side by side, each with requests of its own: for large tables. The first failure, of Glue
     * or of the consumer, ends all and is thrown when all have ended.
     *
     * @param consumer called by several threads at a time
     */
    public void forEachPartitionInSegments(TableName table, Consumer<RegisteredPartition> consumer) {
        scan.forEachInSegments(table, mapped(consumer));
    }

    /**
     * Passes at least the partitions whose period begins at or after a time to the consumer, each once, on the calling
     * thread. Glue filters most others out, but not if the keys contain no time, or if it refuses to compare the
     * table's values. Some partitions whose values contain no time are omitted.
     *
     * @param keys the table's
     */
    public void forEachPartitionFrom(
            TableName table, List<PartitionKey> keys, LocalDateTime from, Consumer<RegisteredPartition> consumer) {
        scan.forEachFrom(table, keys, from, mapped(consumer));
    }

    private static Consumer<Partition> mapped(Consumer<RegisteredPartition> consumer) {
        return partition -> consumer.accept(RegisteredPartition.fromGlue(partition));
    }

    /**
     * The partitions that the table has for these values, whether it writes their numbers so or otherwise ({@code 7} for
     * {@code 07}). Values that Glue could not hold are not asked for, and have none.
     *
     * @return by the values as they are given; those without a partition are missing
     */
    public Map<PartitionValues, RegisteredPartition> find(
            TableName table, List<PartitionKey> keys, Collection<PartitionValues> values) {
        return partitions.find(table, keys, OptionalInt.empty(), values, RegisteredPartition::fromGlue);
    }

    /** The same with requests side by side. */
    public Map<PartitionValues, RegisteredPartition> find(TableDefinition table, Collection<PartitionValues> values) {
        return partitions.find(
                table.name(),
                table.keys(),
                OptionalInt.of(table.columns().size()),
                values,
                RegisteredPartition::fromGlue);
    }

    /** A partition with the time of its creation; empty if Glue does not return it. */
    public record DatedPartition(RegisteredPartition partition, Optional<Instant> created) {}

    /** The one partition that {@link #find} finds for these values. */
    public Optional<DatedPartition> findDated(TableName table, List<PartitionKey> keys, PartitionValues values) {
        return partitions
                .find(
                        table,
                        keys,
                        OptionalInt.empty(),
                        List.of(values),
                        partition -> new DatedPartition(
                                RegisteredPartition.fromGlue(partition), Optional.ofNullable(partition.creationTime())))
                .values()
                .stream()
                .findFirst();
    }

    public void createDatabaseIfAbsent(String database) {
        creator.createDatabaseIfAbsent(database);
    }

    /**
     * Creates a table, and its database, unless it is there.
     *
     * @param extraParameters table parameters beside those that the definition asks for
     * @return the table in the catalog, which may differ from the definition if it existed before
     * @throws CatalogException also when no reader could read such a table
     */
    public CatalogTable createTableIfAbsent(TableDefinition definition, Map<String, String> extraParameters) {
        return createTableIfAbsent(definition, List.of(), extraParameters);
    }

    /**
     * The same with partition indexes, which an existing table does not get.
     *
     * @param indexes the names of each index's keys, in their order
     */
    public CatalogTable createTableIfAbsent(
            TableDefinition definition, List<List<String>> indexes, Map<String, String> extraParameters) {
        return new CatalogTable(definition.name(), creator.createTableIfAbsent(definition, indexes, extraParameters));
    }

    /** Those of the partition indexes that a table does not have. */
    public List<List<String>> missingIndexes(TableName table, List<List<String>> indexes) {
        return indexes.isEmpty() ? List.of() : partitionIndexes.missing(table, indexes);
    }

    /**
     * Registers partitions, in batches. A partition that is there already is updated where its location, parameters,
     * columns or SerDe differ; parameters from other tools are kept, except statistics of the earlier data.
     * Each partition repeats the table's storage descriptor as it was when {@code table} was read.
     *
     * <p>One partition that Glue refuses never harms another. What Glue throttles, or answers ambiguously, is tried
     * again in {@link Rounds}; at the end everything is read back, so that every partition reported as registered
     * exists.
     *
     * @return one outcome for each partition given, in their order
     * @throws CatalogException also when the table is unusable ({@link CatalogTable#whyUnusable()}); partitions of
     *     earlier batches may be registered then
     */
    public RegistrationReport register(CatalogTable table, List<PartitionRegistration> partitions) {
        return registrar.register(table, partitions);
    }

    /**
     * Deletes partitions from the catalog in batches, but none of their data; with rounds and verification as
     * {@link #register}.
     *
     * @param look checks each batch just before it is deleted, on several threads at a time
     * @return one outcome for each partition
     */
    public Map<PartitionValues, DeregistrationOutcome> deregister(
            TableName table, Collection<PartitionValues> partitions, PartitionDeregistrar.LastLook look) {
        return deregistrar.deregister(table, partitions, look);
    }

    /**
     * Changes a table's parameters and keeps everything else of it, also while others write to it.
     *
     * @param table as it was read, or as an earlier change has left it
     * @param change maps the current parameters to the new ones; called again when another writer changed the table
     *     meanwhile
     * @return the table as the change has left it
     * @throws CatalogException also when the table was dropped and created again since it was read
     */
    public CatalogTable updateParameters(CatalogTable table, UnaryOperator<Map<String, String>> change) {
        return updater.update(table, change);
    }

    /**
     * The same with columns at the end of the table's own; partitions keep those that they are registered with.
     *
     * @param columns all that the table is to have, its own first; where it has them already it stays as it is
     * @throws CatalogException also when the table's own columns differ
     */
    public CatalogTable appendColumns(CatalogTable table, List<Column> columns) {
        return updater.appendColumns(table, columns);
    }
}
