package io.fanin.records.tables;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.RegisteredPartition;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.tables.RegisteredTable.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tables of the Glue Data Catalog, which is called only when a query names one.
 *
 * @param catalog opens it
 */
public record CatalogTables(Supplier<GlueCatalog> catalog) implements TableSource {

    /** The partitions of tables that a query reads. */
    @FunctionalInterface
    public interface PartitionChoice {

        /** All registered partitions. */
        PartitionChoice ALL = GlueCatalog::forEachPartition;

        /**
         * The partitions that match an expression.
         *
         * @param expression for Glue's GetPartitions, such as {@code dt >= '2026-11-18'}
         */
        static PartitionChoice where(String expression) {
            return (catalog, table, consumer) -> catalog.forEachPartitionWhere(table, expression, consumer);
        }

        /** Passes the partitions of a table to the consumer. */
        void forEach(GlueCatalog catalog, TableName table, Consumer<RegisteredPartition> consumer);
    }

    /** Finds a table. Partitions that were registered with objects must still have some. */
    @Override
    public Optional<RegisteredTable> find(TableName name, int mostFolders) {
        GlueCatalog glue = catalog.get();
        return glue.table(name)
                .map(table -> read(glue, table, mostFolders, PartitionChoice.ALL, RegisteredPartition::heldData));
    }

    @Override
    public boolean readsRestored(TableName name) {
        return catalog.get().table(name).filter(CatalogTable::readsRestored).isPresent();
    }

    /**
     * A table for a person's query: partitions whose data no longer exists are empty.
     *
     * @throws ConversionException {@code UnusableTable}
     */
    public static RegisteredTable read(GlueCatalog glue, CatalogTable table, int mostFolders, PartitionChoice chosen) {
        return read(glue, table, mostFolders, chosen, partition -> false);
    }

    private static RegisteredTable read(
            GlueCatalog glue,
            CatalogTable table,
            int mostFolders,
            PartitionChoice chosen,
            Predicate<RegisteredPartition> heldData) {
        table.whyUnreadable().ifPresent(why -> {
            throw unusable(why);
        });
        return new RegisteredTable(
                table.name(),
                table.format(),
                table.csv(),
                table.columns(),
                table.keys(),
                table.keys().isEmpty()
                        ? List.of(new Folder(table.location().orElseThrow(), Optional.empty(), false))
                        : partitions(glue, table, mostFolders, chosen, heldData));
    }

    private static List<Folder> partitions(
            GlueCatalog glue,
            CatalogTable table,
            int most,
            PartitionChoice chosen,
            Predicate<RegisteredPartition> heldData) {
        List<Folder> folders = new ArrayList<>();
        chosen.forEach(glue, table.name(), partition -> {
            if (folders.size() == most) {
                throw unusable("table " + table.name() + " has more than " + most
                        + " registered partitions, which is more than a query reads: join a smaller table; fanin query reads a"
                        + " part of it with --partitions");
            }
            if (!partition.storage().readsAs(table)) {
                throw unusable("the partition " + partition.values().nameFor(table.keys()) + " of table " + table.name()
                        + " has a SerDe of its own, by which readers read it in another format than the table: write its"
                        + " data in the table's format, and register it again");
            }
            folders.add(new Folder(
                    location(table.name(), partition), Optional.of(partition.values()), heldData.test(partition)));
        });
        return folders;
    }

    private static S3Location location(TableName name, RegisteredPartition partition) {
        return partition
                .location()
                .flatMap(S3Location::find)
                .orElseThrow(() -> unusable("the partition "
                        + partition.values().values() + " of table " + name + " has no location in S3"));
    }

    private static ConversionException unusable(String why) {
        return new ConversionException(
                FailureCode.UNUSABLE_TABLE, "the query names a table that cannot be read: " + why);
    }
}
