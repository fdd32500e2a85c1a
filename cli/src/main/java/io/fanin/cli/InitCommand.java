package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.aws.Clients;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.Console;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.TerminalLine;
import io.fanin.cli.cutover.CutOver;
import io.fanin.cli.cutover.CutOverPlan;
import io.fanin.cli.cutover.ShellCommands;
import io.fanin.cli.init.DatabaseSurvey;
import io.fanin.cli.init.ProposalTable;
import io.fanin.cli.init.RawSurvey;
import io.fanin.cli.init.SpecFiles;
import io.fanin.cli.init.TableProposal;
import io.fanin.cli.init.TableProposal.Verdict;
import io.fanin.cli.init.TableSurvey;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.client.TableCrawlers.TableCrawler;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.names.FaninNames;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.S3Location;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.NamePatterns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proposes specs for data that exists. */
@Command(
        name = "init",
        header = "Proposes the spec of a table or of raw data, and says what a first run would do.",
        description = {
            "It reads the table and a few listings, and writes nothing to AWS; it needs no stack.",
            "The spec is on standard output, and how certain each part of it is on standard error.",
            "With --database it does so for all tables of databases. Of raw data it reads the beginnings of a few",
            "files."
        })
final class InitCommand extends FaninCommand {

    @Parameters(
            paramLabel = "TABLE|URI",
            arity = "0..1",
            description = "DATABASE.TABLE, or the folder of raw data that no table has: s3://BUCKET/PREFIX/")
    private Optional<String> subject;

    @Option(
            names = "--database",
            paramLabel = "PATTERN",
            description = "all tables of the databases that match, such as 'raw_*'")
    private Optional<String> database;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "write a spec for each table into this folder")
    private Optional<Path> folder;

    @Option(names = "--force", description = "also for tables that have a spec in the folder")
    private boolean force;

    @Option(
            names = "--cut-over",
            description = "the steps and commands that take the table over from a crawler, projection or a script, and"
                    + " give it back")
    private boolean cutOver;

    /**
     * The answer for several tables.
     *
     * @param refused the reason why the tables of a database are missing, by its name
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    private record Overview(
            List<TableProposal> tables,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> refused,
            Map<String, Long> requests,
            Optional<String> report) {

        ExitCode exitCode() {
            if (!refused.isEmpty()) {
                return ExitCode.FAILED;
            }
            return tables.stream().anyMatch(one -> one.verdict() == Verdict.DECIDE)
                    ? ExitCode.DIFFERENT
                    : ExitCode.DONE;
        }
    }

    @Override
    ExitCode run() throws IOException {
        if (subject.isPresent() == database.isPresent()) {
            throw new CommandFailedException("init needs a table or --database, and not both", "see fanin init --help");
        }
        requireEffect();
        if (cutOver) {
            return cutOver(subject.filter(name -> !name.startsWith("s3://"))
                    .map(fanin::table)
                    .orElseThrow(() ->
                            new CommandFailedException("--cut-over needs one table", "name it as DATABASE.TABLE")));
        }
        if (database.isPresent()) {
            return ofDatabases(NamePatterns.of(database.get()));
        }
        return subject.get().startsWith("s3://") ? ofRawData(subject.get()) : ofTable(fanin.table(subject.get()));
    }

    private void requireEffect() {
        if ((folder.isPresent() || force) && (database.isEmpty() || cutOver)) {
            throw new CommandFailedException(
                    "--folder and --force are for --database", "leave them out: the spec is on standard output");
        }
        if (force && folder.isEmpty()) {
            throw new CommandFailedException("--force is for --folder", "name the folder, too");
        }
    }

    private ExitCode ofTable(TableName name) {
        Clients clients = fanin.clients();
        GlueCatalog catalog = clients.catalog();
        return answer(new TableSurvey(catalog, clients.pages(), fanin.hints()).of(table(catalog, name)));
    }

    private static CatalogTable table(GlueCatalog catalog, TableName name) {
        return catalog.table(name)
                .orElseThrow(() -> new CommandFailedException(
                        "there is no table " + name + " in the catalog",
                        "name one that exists, or the folder of its data"));
    }

    /**
     * Prints the steps that take the table over and give it back. The spec is proposed for the table as it is after the
     * first steps, with partitions registered although projection is on.
     */
    private ExitCode cutOver(TableName name) {
        Clients clients = fanin.clients();
        GlueCatalog catalog = clients.catalog();
        CatalogTable table = table(catalog, name);
        TableProposal proposal = new TableSurvey(catalog, clients.pages(), fanin.hints())
                .of(table.isProjected() ? table.besideProjection() : table);
        JsonNode spec = spec(proposal);
        List<CatalogTable> neighbours = catalog.tables(name.database());
        Optional<List<TableCrawler>> crawlers = clients.crawlers()
                .ifReadable(neighbours.stream().map(CatalogTable::name).toList())
                .map(all -> all.stream()
                        .filter(crawler -> crawler.tables().contains(name))
                        .toList());
        Set<TableName> takenOver = neighbours.stream()
                .filter(neighbour -> neighbour.parameters().containsKey(FaninNames.STATUS))
                .map(CatalogTable::name)
                .collect(Collectors.toSet());
        Set<TableName> notForRuns = neighbours.stream()
                .map(CatalogTable::besideProjection)
                .filter(neighbour -> neighbour.whyUnusable().isPresent()
                        && neighbour.whyOfKeyParameters().isEmpty())
                .map(CatalogTable::name)
                .collect(Collectors.toSet());
        CutOver steps = new CutOverPlan(
                        table,
                        spec,
                        crawlers,
                        takenOver,
                        notForRuns,
                        new ShellCommands(fanin.hints(), fanin.endpoint()))
                .steps();
        warn(proposal);
        return fanin.console().answer(steps, steps::lines, exitCode(proposal));
    }

    private ExitCode ofRawData(String uri) throws IOException {
        Clients clients = fanin.clients();
        S3Location location = location(uri);
        return answer(fanin.inTemporaryFolder(
                folder -> new RawSurvey(clients.pages(), clients.buckets(), folder).of(location)));
    }

    private static S3Location location(String uri) {
        try {
            return S3Location.of(uri);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(e.getMessage(), e);
        }
    }

    private ExitCode answer(TableProposal proposal) {
        JsonNode spec = spec(proposal);
        warn(proposal);
        return fanin.console()
                .answer(
                        proposal,
                        () -> List.of(TerminalLine.json(spec.toPrettyString()).split("\n", -1)),
                        exitCode(proposal));
    }

    private static JsonNode spec(TableProposal proposal) {
        return proposal.spec()
                .orElseThrow(() -> new CommandFailedException(
                        proposal.findings().getFirst().text()));
    }

    private void warn(TableProposal proposal) {
        Console console = fanin.console();
        if (console.output() == Console.Output.text) {
            proposal.lines().forEach(console::warn);
        }
    }

    private static ExitCode exitCode(TableProposal proposal) {
        return proposal.verdict() == Verdict.DECIDE ? ExitCode.DIFFERENT : ExitCode.DONE;
    }

    private ExitCode ofDatabases(NamePatterns databases) throws IOException {
        Clients clients = fanin.clients();
        GlueCatalog catalog = clients.catalog();
        Console console = fanin.console();
        Optional<SpecFiles> files = folder.map(path -> new SpecFiles(path, force));
        DatabaseSurvey.Found found = new DatabaseSurvey(
                        catalog, new TableSurvey(catalog, clients.pages(), fanin.hints()), files, console::warn)
                .of(databases, part -> {
                    if (files.isPresent() && !part.tables().isEmpty()) {
                        write(files.get(), databases, part);
                    }
                });
        Optional<Path> report = files.filter(any -> !found.tables().isEmpty()).map(SpecFiles::report);
        Overview overview =
                new Overview(found.tables(), found.refusals(), clients.sentRequests(), report.map(Path::toString));
        return console.answer(overview, () -> lines(overview), overview.exitCode());
    }

    private void write(SpecFiles files, NamePatterns databases, DatabaseSurvey.Found found) throws IOException {
        files.writeReport(
                database.orElseThrow(),
                name -> databases.match(name) && found.knows(name),
                found.tables(),
                fanin.commandEnvironment().clock().instant());
    }

    private static List<String> lines(Overview overview) {
        List<String> lines = new ArrayList<>(ProposalTable.lines(overview.tables()));
        overview.refused().forEach((name, why) -> lines.add("not listed: database " + LogSafe.name(name) + ": " + why));
        long requests =
                overview.requests().values().stream().mapToLong(Long::longValue).sum();
        lines.add(Counted.of(requests, "request"));
        overview.report()
                .ifPresent(report -> lines.add(
                        "report: " + report + ", as a page: " + Path.of(report).resolveSibling(StateKeys.REPORT_PAGE)));
        return lines;
    }
}
