package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.core.tables.KnownTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables that runs of all tables cover, and that no run has changed: all are new, or their location is wrong. */
public record TablesWithoutRecord(List<String> tables) {

    private static final int SHOWN = 5;

    /** Those among the known tables, with one request for each 1,000 records. */
    public static TablesWithoutRecord of(KnownTables known, Deployment stack) {
        Set<TableName> recorded = new HashSet<>(stack.records().tables());
        return new TablesWithoutRecord(known.tables().stream()
                .map(KnownTable::name)
                .filter(table -> !recorded.contains(table))
                .map(TableName::toString)
                .toList());
    }

    /** The text for users, without a full stop. */
    public String text() {
        int more = tables.size() - SHOWN;
        return "no run has registered a partition of " + Counted.of(tables.size(), "table") + " yet ("
                + tables.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "") + ")";
    }
}
