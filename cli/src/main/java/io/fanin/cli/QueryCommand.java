package io.fanin.cli;

import io.fanin.cli.aws.Clients;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Console;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.NumberOption;
import io.fanin.cli.console.TerminalLine;
import io.fanin.cli.query.RegisteredQuery;
import io.fanin.cli.query.ResultPrinter;
import io.fanin.model.text.LogSafe;
import io.fanin.records.sql.DefaultDatabase;
import io.fanin.records.tables.CatalogTables.PartitionChoice;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a query over registered data. */
@Command(
        name = "query",
        header = "Queries what the catalog has registered, and nothing else.",
        description = {
            "It copies the objects of the registered partitions to a temporary folder, and reads them with DuckDB as a",
            "run does. Where a table is PARTIAL, a line on the error stream says what the answer lacks."
        })
final class QueryCommand extends FaninCommand {

    /** The maximum of the option: as many mebibytes as a long can count in bytes. */
    private static final long MAX_MEBIBYTES = Long.MAX_VALUE >> 20;

    @Parameters(paramLabel = "SQL", description = "one SELECT statement; tables are named DATABASE.TABLE")
    private String sql;

    @Option(names = "--database", paramLabel = "DATABASE", description = "database of tables named without one")
    private Optional<String> database;

    @Option(
            names = "--partitions",
            paramLabel = "EXPRESSION",
            description = "read only these partitions: an expression of Glue's GetPartitions")
    private Optional<String> partitions;

    @Option(
            names = "--max-mib",
            paramLabel = "N",
            defaultValue = "1024",
            description = "refuse to copy more than this per table (default: ${DEFAULT-VALUE} MiB)")
    private long maxMebibytes;

    @Option(names = "--csv", description = "print comma-separated values")
    private boolean csv;

    @Override
    ExitCode run() throws IOException {
        NumberOption.requireAtMost("--max-mib", maxMebibytes, MAX_MEBIBYTES);
        Console console = fanin.console();
        if (csv && console.output() == Console.Output.json) {
            throw new CommandFailedException("--csv and --output=json exclude each other", "give one of them");
        }
        Clients clients = fanin.clients();
        RegisteredQuery query = new RegisteredQuery(
                clients.catalog(),
                clients.buckets(),
                database.map(DefaultDatabase::named).orElse(DefaultDatabase.NONE),
                partitions.map(PartitionChoice::where).orElse(PartitionChoice.ALL),
                maxMebibytes,
                fanin.hints(),
                warning -> console.warn(LogSafe.of(warning)));
        return fanin.inTemporaryFolder(folder -> {
            query.run(sql, folder, answers(console));
            return ExitCode.DONE;
        });
    }

    private ResultPrinter answers(Console console) {
        if (csv) {
            return new ResultPrinter.Csv(
                    console.out(), console.isTerminal() ? TerminalLine::of : UnaryOperator.identity());
        }
        return console.output() == Console.Output.json
                ? new ResultPrinter.AsJson(console.out())
                : new ResultPrinter.Text(console.out());
    }
}
