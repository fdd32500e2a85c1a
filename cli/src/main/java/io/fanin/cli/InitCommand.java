package io.fanin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.aws.Clients;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Console;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.init.TableProposal;
import io.fanin.cli.init.TableSurvey;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.model.table.TableName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Proposes specs for data that exists. */
@Command(
        name = "init",
        header = "Proposes the spec of a table that exists, and says what a first run would do.",
        description = {
            "It reads the table and a few listings, and writes nothing; it needs no stack.",
            "The spec is on standard output, and how certain each part of it is on standard error."
        })
final class InitCommand extends FaninCommand {

    @Parameters(paramLabel = "DATABASE.TABLE", description = "the table")
    private String table;

    @Override
    ExitCode run() {
        TableName name = fanin.table(table);
        Clients clients = fanin.clients();
        GlueCatalog catalog = clients.catalog();
        TableProposal proposal = new TableSurvey(catalog, clients.pages())
                .of(catalog.table(name)
                        .orElseThrow(() -> new CommandFailedException(
                                "there is no table " + name + " in the catalog", "name one that exists")));
        JsonNode spec = proposal.spec()
                .orElseThrow(() -> new CommandFailedException(
                        proposal.findings().getFirst().text()));
        Console console = fanin.console();
        if (console.output() == Console.Output.text) {
            proposal.lines().forEach(console::warn);
        }
        return console.answer(
                proposal,
                () -> List.of(spec.toPrettyString().split("\n", -1)),
                proposal.verdict() == TableProposal.Verdict.DECIDE ? ExitCode.DIFFERENT : ExitCode.DONE);
    }
}
