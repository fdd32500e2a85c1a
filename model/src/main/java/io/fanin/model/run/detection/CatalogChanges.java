package io.fanin.model.run.detection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.table.Column;
import java.util.List;
import java.util.Optional;

/**
 * The changes that a run is to make to the table other than registering partitions.
 *
 * @param vanished empty if vanished data was not searched for
 * @param newColumns the spec's columns after the table's own, which the run adds to the table
 */
public record CatalogChanges(
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Vanished> vanished,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Column> newColumns) {

    public static final CatalogChanges NONE = new CatalogChanges(Optional.empty(), List.of());

    /** Fields missing from a document have their defaults. */
    public CatalogChanges {
        vanished = vanished == null ? Optional.empty() : vanished;
        newColumns = newColumns == null ? List.of() : List.copyOf(newColumns);
    }

    CatalogChanges adding(List<Column> columns) {
        return new CatalogChanges(vanished, columns);
    }

    /** Whether the run has to change the catalog, although it may have nothing to process. */
    public boolean areToBeMade() {
        return !newColumns.isEmpty() || deregister();
    }

    /** Whether partitions are to be deregistered, which may take minutes. */
    public boolean deregister() {
        return vanished.filter(one -> one.toDeregister() > 0).isPresent();
    }
}
