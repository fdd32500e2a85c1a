package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.Grid;
import io.fanin.cli.table.TablesWithoutRecord;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.cost.MonthlyCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tables that a run of all tables processes. */
@Command(
        name = "tables",
        header =
                "Lists the tables that a run of all tables covers, where each is defined, and what is left out and why.",
        description = {"Specs under the stack's SpecsLocation, and tables of its RawDatabases."})
final class TablesCommand extends FaninCommand {

    @Mixin
    private MonthOptions month;

    /** A table and the source of its spec. */
    private record Listed(String table, String from) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Listing(
            List<Listed> tables, List<SkippedTable> leftOut, List<String> withoutRecord, Optional<MonthlyCost> month) {

        List<String> lines() {
            Grid grid = Grid.titled(List.of("table", "from"));
            tables.forEach(table -> grid.row(table.table(), table.from()));
            List<String> lines = new ArrayList<>(grid.lines());
            lines.addAll(AllTables.leftOut(leftOut));
            if (!withoutRecord.isEmpty()) {
                lines.add("");
                lines.add("Note: " + new TablesWithoutRecord(withoutRecord).text()
                        + ": if there should be some, check location, source.location and layout of its spec.");
            }
            month.map(MonthOptions::lines).ifPresent(lines::addAll);
            return lines;
        }
    }

    @Override
    ExitCode run() {
        month.requireEffect();
        Deployment deployment = fanin.deployment();
        KnownTables known = deployment.directory().find(TableFilter.ALL);
        List<Listed> tables = known.tables().stream()
                .map(table ->
                        new Listed(table.name().toString(), table.specUri().orElse("the catalog")))
                .toList();
        Optional<MonthlyCost> cost = month.ofTables(tables.size(), deployment.tableSeries());
        Listing listing = new Listing(
                tables,
                known.leftOut(),
                TablesWithoutRecord.of(known, deployment).tables(),
                cost);
        return fanin.console().answer(listing, listing::lines, ExitCode.DONE);
    }
}
