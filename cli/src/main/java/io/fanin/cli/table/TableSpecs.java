package io.fanin.cli.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.execution.SpecArgument;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.json.Json;
import io.fanin.model.run.RunId;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.NamePatterns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the specs of tables for commands that name only the table. */
public record TableSpecs(Deployment stack) {

    /** The key under which {@code fanin apply} stores a table's spec in the stack's folder of specs. */
    public static String key(S3Location folder, TableName table) {
        return folder.prefix() + table.database() + "/" + table.table() + ".json";
    }

    /** The table's own spec, otherwise that of the run that changed its record last; empty if there is neither. */
    public Optional<SpecArgument> find(TableName table) {
        return stored(table, known(table)).or(() -> ofLastRun(table));
    }

    /**
     * The input with which a run of all tables would run the table: the URI of its spec, or its name if the catalog
     * describes it. So can a table be run that is not among them, and one whose spec is not enabled.
     *
     * @throws CommandFailedException if its spec cannot be used, or there is no such table
     */
    public SpecArgument require(TableName table) {
        KnownTables known = known(table);
        Optional<SpecArgument> stored = stored(table, known);
        if (stored.isPresent()) {
            return stored.get();
        }
        known.leftOut().stream()
                .filter(one -> one.reason() != SkippedTable.Reason.DISABLED)
                .filter(one -> one.table().filter(table::equals).isPresent())
                .findFirst()
                .ifPresent(unusable -> {
                    throw new CommandFailedException(unusable.what() + " cannot be run: " + unusable.message());
                });
        if (stack.catalog().table(table).isEmpty()) {
            throw new CommandFailedException(
                    "there is neither a file " + table + ", nor a table " + table
                            + " in the catalog, nor a stored spec of it",
                    "give a file with its spec, or store one: fanin apply SPEC");
        }
        return SpecArgument.ofCatalog(table);
    }

    private KnownTables known(TableName table) {
        return stack.directory()
                .look(new TableFilter(NamePatterns.of(table.database()), NamePatterns.of(table.toString())));
    }

    private static Optional<SpecArgument> stored(TableName table, KnownTables known) {
        return Stream.of(known.tables(), known.disabled())
                .flatMap(List::stream)
                .flatMap(one -> one.specUri().stream())
                .findFirst()
                .map(uri -> SpecArgument.stored(table, uri));
    }

    private Optional<SpecArgument> ofLastRun(TableName table) {
        Optional<RunId> last = stack.records().read(table).changedBy();
        return last.flatMap(run -> stack.run(run).findSpec())
                .map(spec -> new SpecArgument(Json.documents().<ObjectNode>valueToTree(spec)));
    }
}
