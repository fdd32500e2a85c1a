package io.fanin.cli;

import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.Version;
import io.fanin.cli.table.TablesWithoutRecord;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.client.TableCrawlers.TableCrawler;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.tables.KnownTables;
import io.fanin.core.tables.SkippedTable;
import io.fanin.core.tables.TableDirectory;
import io.fanin.core.tables.TableFilter;
import io.fanin.model.table.TableName;
import io.fanin.model.text.Counted;
import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Checks a deployment and reports problems. */
@Command(
        name = "doctor",
        header = "Says what is missing on this machine or in this account.",
        description = {
            "Java, the endpoint, credentials, the stack, permissions to read, and versions that differ;",
            "a schedule that runs no table, specs that cannot be run, and crawlers that work on the stack's tables.",
            "Permissions to start and to redrive are not tested."
        })
final class DoctorCommand extends FaninCommand {

    private static final int MIN_JAVA = 21;

    /** A table that does not exist: reading it only tests the permission. */
    private static final TableName NO_TABLE = new TableName("fanin-doctor", "fanin-doctor");

    /**
     * The result of one check.
     *
     * @param found the state that was found, or the problem
     */
    private record Check(String name, boolean ok, String found) {}

    private record Answer(boolean ok, List<Check> checks) {}

    private final List<Check> checks = new ArrayList<>();

    @Override
    ExitCode run() {
        check("java", () -> {
            int version = Runtime.version().feature();
            if (version < MIN_JAVA) {
                throw new CommandFailedException("Java " + version + ", and " + MIN_JAVA + " or newer is needed");
            }
            return Runtime.version() + " at " + System.getProperty("java.home");
        });
        Optional<String> caller = check("endpoint and credentials", this::caller);
        if (caller.isPresent()) {
            checkStack();
        }
        boolean isWell = checks.stream().allMatch(Check::ok);
        return fanin.console()
                .answer(new Answer(isWell, checks), this::lines, isWell ? ExitCode.DONE : ExitCode.DIFFERENT);
    }

    private String caller() {
        try (StsClient sts = fanin.clients().sts()) {
            GetCallerIdentityResponse caller = sts.getCallerIdentity();
            return fanin.endpoint() + " as " + caller.arn();
        }
    }

    private void checkStack() {
        Optional<Deployment> found = check("stack " + fanin.stack(), fanin::deployment, Deployment::stateMachineArn);
        if (found.isEmpty()) {
            return;
        }
        Deployment deployment = found.get();
        check("versions", () -> versions(deployment));
        check("state bucket", () -> "read, " + deployment.records().tables().size() + " tables with a record");
        check("catalog", () -> catalog(deployment));
        check("tables", () -> tables(deployment));
        check("schedule", () -> schedule(deployment));
        check("specs", () -> specs(deployment));
        check("crawlers", () -> crawlers(deployment));
        check(
                "executions",
                () -> "read, the last one is "
                        + fanin.executions(deployment)
                                .newestFirst()
                                .findFirst()
                                .map(last -> last.name())
                                .orElse("none"));
    }

    /** Checks access to the catalog. If Lake Formation governs it, even a table that does not exist is denied. */
    private static String catalog(Deployment deployment) {
        Optional<CatalogException> denied = denied(deployment.catalog(), NO_TABLE);
        denied.filter(why -> !why.isOfLakeFormation()).ifPresent(why -> {
            throw why;
        });
        return denied.isEmpty() ? "read" : "read, as far as Lake Formation lets you";
    }

    /**
     * Checks access to tables. Glue's lists leave out tables that Lake Formation hides; only a request for such a table
     * returns the reason.
     */
    private static String tables(Deployment deployment) {
        GlueCatalog catalog = deployment.catalog();
        Collection<TableName> tables = deployment.records().tables();
        Set<TableName> listed = tables.stream()
                .map(TableName::database)
                .distinct()
                .flatMap(database -> listed(catalog, database))
                .collect(Collectors.toSet());
        List<String> hidden = tables.stream()
                .filter(table -> !listed.contains(table))
                .flatMap(table -> denied(catalog, table).stream())
                .map(CatalogException::getMessage)
                .toList();
        if (!hidden.isEmpty()) {
            throw new CommandFailedException(Counted.of(hidden.size(), "table")
                    + " with a record may not be read, such as: " + hidden.getFirst());
        }
        return "none that has a record is hidden";
    }

    /** The tables in Glue's list of a database; none if Glue refuses the list, so that each table is then requested. */
    private static Stream<TableName> listed(GlueCatalog catalog, String database) {
        return CatalogException.unlessRefused(
                () -> catalog.tables(database).stream().map(CatalogTable::name), refusal -> Stream.empty());
    }

    /** The refusal to read a table; empty if it is read, or does not exist. */
    private static Optional<CatalogException> denied(GlueCatalog catalog, TableName table) {
        return CatalogException.unlessRefused(
                () -> {
                    catalog.table(table);
                    return Optional.empty();
                },
                Optional::of);
    }

    /** Checks that a schedule has tables to run. A rule of the template refuses this too, where rules are evaluated. */
    private static String schedule(Deployment deployment) {
        Optional<String> expression = deployment.schedule();
        if (expression.isEmpty()) {
            return "none";
        }
        if (deployment.directory().isEmpty()) {
            throw new CommandFailedException(
                    expression.get()
                            + ", but neither SpecsLocation nor RawDatabases says which tables there are, so that no table is run",
                    "deploy the stack with SpecBuckets=BUCKET and SpecsLocation=s3://BUCKET/specs/");
        }
        return expression.get();
    }

    /** Checks for specs that runs of all tables leave out by mistake. */
    private String specs(Deployment deployment) {
        TableDirectory directory = deployment.directory();
        if (directory.isEmpty()) {
            return "none, since the stack has neither SpecsLocation nor RawDatabases";
        }
        KnownTables known = directory.find(TableFilter.ALL);
        List<SkippedTable> mistaken = SkippedTable.mistaken(known.leftOut());
        if (!mistaken.isEmpty()) {
            SkippedTable first = mistaken.getFirst();
            throw new CommandFailedException(
                    "runs of all tables leave out " + first.what() + ", which is " + first.reason() + " ("
                            + first.message() + ")"
                            + (mistaken.size() > 1 ? ", and " + (mistaken.size() - 1) + " more" : ""),
                    "all of them: " + fanin.hints().command("tables"));
        }
        String usable = "those of " + Counted.of(known.tables().size(), "table") + " are usable";
        TablesWithoutRecord without = TablesWithoutRecord.of(known, deployment);
        return without.tables().isEmpty() ? usable : usable + "; " + without.text();
    }

    /** Checks for crawlers that change tables. A missing permission to read crawlers is no problem. */
    private static String crawlers(Deployment deployment) {
        Optional<List<TableCrawler>> readable =
                deployment.clients().crawlers().ifReadable(deployment.records().tables());
        if (readable.isEmpty()) {
            return "not known, since glue:GetCrawlers is not allowed";
        }
        List<TableCrawler> found = readable.get();
        String text = found.stream().map(TableCrawler::text).collect(Collectors.joining("; "));
        if (found.stream().anyMatch(TableCrawler::updatesTables)) {
            throw new CommandFailedException(text);
        }
        return text.isEmpty() ? "none works on tables with a record" : text;
    }

    private static String versions(Deployment deployment) {
        String mine = Version.number();
        String theirs = deployment.version().orElse("unknown");
        if (!mine.equals(theirs)) {
            throw new CommandFailedException("the functions are of version " + theirs + ", and this program of " + mine
                    + ": deploy the stack, or install the program, of the other version");
        }
        return mine;
    }

    private Optional<String> check(String name, Supplier<String> look) {
        return check(name, look, text -> text);
    }

    /** Runs a check; a failure of any kind is its result. */
    private <T> Optional<T> check(String name, Supplier<T> look, Function<T, String> text) {
        try {
            T found = look.get();
            checks.add(new Check(name, true, text.apply(found)));
            return Optional.of(found);
        } catch (RuntimeException e) {
            CommandFailedException failure = new FailureMessages(fanin).explained(e);
            String hint = failure.hint().map(advice -> "; " + advice).orElse("");
            checks.add(new Check(name, false, failure.getMessage() + hint));
        }
        return Optional.empty();
    }

    private List<String> lines() {
        return checks.stream()
                .map(check -> (check.ok ? "ok       " : "PROBLEM  ") + check.name + ": " + LogSafe.of(check.found))
                .toList();
    }
}
