package io.fanin.detector.tables;

import io.fanin.core.record.TableRecords;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.model.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells tables that runs have registered partitions of, and that have become unusable since, from those that never were
 * usable: somebody relies on the former.
 */
record FormerTables(TableRecords records) {

    private static final Logger LOG = LoggerFactory.getLogger(FormerTables.class);

    /**
     * The left-out tables, with the reason {@link Reason#NO_LONGER_USABLE} for those that runs have worked on. Takes
     * one listing for each database with an unusable table, and one request for each of these that a run has seen.
     */
    List<SkippedTable> judged(Collection<SkippedTable> leftOut) {
        Set<TableName> seen = leftOut.stream()
                .filter(one -> one.reason() == Reason.UNUSABLE)
                .flatMap(one -> one.table().stream())
                .map(TableName::database)
                .distinct()
                .flatMap(database -> seen(database).stream())
                .collect(Collectors.toSet());
        Predicate<TableName> wasRun = table -> seen.contains(table) && wasRun(table);
        return leftOut.stream()
                .map(one -> one.reason() == Reason.UNUSABLE
                                && one.table().filter(wasRun).isPresent()
                        ? one.noLongerUsable()
                        : one)
                .toList();
    }

    private List<TableName> seen(String database) {
        return found(() -> records.tables(database), database).orElse(List.of());
    }

    private boolean wasRun(TableName table) {
        return found(() -> records.read(table).lastRun().isPresent(), table).orElse(false);
    }

    /** No table's record stops the others. */
    private static <T> Optional<T> found(Supplier<T> request, Object what) {
        try {
            return Optional.of(request.get());
        } catch (RuntimeException e) {
            LOG.warn("it is not known whether {} was usable before", what, e);
            return Optional.empty();
        }
    }
}
