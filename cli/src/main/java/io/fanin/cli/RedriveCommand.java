package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.execution.ExecutionDetails;
import io.fanin.cli.execution.ExecutionStarts.Redriven;
import io.fanin.cli.execution.Executions;
import io.fanin.cli.execution.FailedPartition;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.record.TableRecord;
import io.fanin.core.redrive.LaterRuns;
import io.fanin.core.redrive.StillOutstanding;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.RunId;
import io.fanin.model.run.RunReport;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Redrives an execution. */
@Command(
        name = "redrive",
        header = "Runs the failed partitions of a partial execution again.",
        description = {
            "It redrives the execution; where the endpoint cannot, it starts {\"redriveOf\": EXECUTION}.",
            "Ctrl-C stops only the display: the execution continues."
        })
final class RedriveCommand extends FaninCommand {

    @Parameters(paramLabel = "EXECUTION", description = "name or ARN of the execution")
    private String execution;

    @Option(names = "--plan", description = "show what would be run again, and change nothing")
    private boolean plan;

    @Option(
            names = "--all",
            description = "for a run of all tables: redrive its tables that are not complete, then the run")
    private boolean all;

    /** The partitions that a redrive would process. */
    private record Planned(
            String execution,
            String table,
            List<FailedPartition> partitions,
            @JsonIgnore List<String> notes) {

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(table + ": " + Counted.of(partitions.size(), "partition") + " would be processed again.");
            lines.addAll(FailedPartition.lines(partitions));
            lines.addAll(notes);
            return lines;
        }
    }

    @Override
    ExitCode run() {
        if (all) {
            AllTables tables = new AllTables(fanin);
            return plan ? tables.planRedrive(execution) : tables.redrive(execution);
        }
        ExecutionFollower followed = ExecutionFollower.by(fanin);
        if (plan) {
            ExecutionDetails ended = followed.executions().ended(execution);
            if (fanin.endpoint().isAws()) {
                followed.executions().requireRedrivable(ended);
            }
            Planned planned = planned(followed, ended.name());
            return fanin.console().answer(planned, planned::lines, ExitCode.DONE);
        }
        Redriven redriven = followed.starts().redrive(followed.executions().ended(execution));
        if (redriven.isRedriven()) {
            fanin.console().say("Redriven: " + Executions.name(redriven.arn()));
            return followed.answer(followed.follow(redriven.arn()));
        }
        fanin.console()
                .say("This endpoint has no RedriveExecution: a new execution takes up the failed partitions instead");
        return followed.answer(followed.started(redriven.arn()));
    }

    private static Planned planned(ExecutionFollower followed, String name) {
        RunFolder run = followed.deployment().run(new RunId(name));
        RunReport report = run.report().orElseThrow(() -> Executions.noReport(name));
        TableName table = report.header().table();
        GlueCatalog catalog = followed.deployment().catalog();
        CatalogTable known = catalog.table(table)
                .orElseThrow(() -> new CommandFailedException("there is no table " + table + " in the catalog"));
        report.details().tableCreated().ifPresent(known::requireCreated);
        TableRecord record = followed.deployment().record(known);
        CatalogTable found = record.restored(known);
        Set<RunId> later = new LaterRuns(followed.deployment()::run).of(run, report, record);
        List<Partition> left = new StillOutstanding(
                        record,
                        new EquivalentValues(found.keys()),
                        catalog.find(found, found.keys(), StillOutstanding.values(report)),
                        later)
                .partitions(report);
        return new Planned(
                name,
                table.toString(),
                report.failures().stream()
                        .filter(failure -> left.contains(failure.toPartition()))
                        .map(FailedPartition::of)
                        .toList(),
                Stream.concat(notes(followed, report, table).stream(), leftTo(later, record))
                        .toList());
    }

    /** The numbers of partitions that failed in later runs with another spec. */
    private static Stream<String> leftTo(Set<RunId> later, TableRecord record) {
        return later.stream()
                .map(run -> Counted.of(
                                record.outstanding().stream()
                                        .filter(failure -> failure.run().equals(run))
                                        .count(),
                                "partition is",
                                "partitions are")
                        + " " + RunReport.Outstanding.leftTo(run) + ": redrive that")
                .sorted();
    }

    /** The notes on periods without a prefix, which are outstanding, but have no data to process. */
    private static List<String> notes(ExecutionFollower followed, RunReport report, TableName table) {
        return report.counts().missing().stream()
                .mapToObj(missing -> "No redrive processes periods without any prefix (" + missing
                        + "), which make the table PARTIAL. Their names: "
                        + followed.fanin().hints().ofWholeTable("plan", table.toString()))
                .toList();
    }
}
