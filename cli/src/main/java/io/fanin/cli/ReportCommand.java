package io.fanin.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.cli.aws.Deployment;
import io.fanin.cli.console.Browser;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.table.PageFiles;
import io.fanin.cli.table.PageFiles.Written;
import io.fanin.cli.table.StackPages;
import io.fanin.cli.table.UnreadableTable;
import io.fanin.model.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes pages below a folder. */
@Command(
        name = "report",
        header = "Writes the page of a run, of a table, or of all tables, as HTML.",
        description = {
            "Rendered from the state bucket's documents, under the same paths below the folder.",
            "Without an argument: all tables, each with its page."
        })
final class ReportCommand extends FaninCommand {

    @Parameters(paramLabel = "RUN|TABLE", arity = "0..1", description = "an execution, or DATABASE.TABLE")
    private Optional<String> subject;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = "fanin-report",
            description = "write below this folder (default: ${DEFAULT-VALUE})")
    private Path folder;

    @Option(names = "--open", description = "show the page in the browser (BROWSER, or the system's)")
    private boolean open;

    /**
     * The answer, with the location of the page.
     *
     * @param unreadable the tables without a page
     */
    private record Answer(
            String page,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UnreadableTable> unreadable) {}

    @Override
    ExitCode run() throws IOException {
        Deployment deployment = fanin.deployment();
        PageFiles pages = new PageFiles(
                new StackPages(deployment, fanin.commandEnvironment().clock()), folder);
        Written written = subject.isEmpty() ? pages.writeAll() : new Written(write(pages, subject.get()), List.of());
        Path page = written.page();
        written.unreadable().forEach(table -> fanin.console().failed(table.failure()));
        ExitCode code = fanin.console()
                .answer(
                        new Answer(page.toString(), written.unreadable()),
                        () -> List.of(page.toString()),
                        written.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED);
        if (open) {
            new Browser(fanin.commandEnvironment().environment())
                    .open(page.toAbsolutePath().toUri());
        }
        return code;
    }

    /** An execution's name may look like a table's; if such a table exists, the table's page is written. */
    private static Path write(PageFiles pages, String subject) throws IOException {
        Optional<Path> table = pages.writeTable(subject);
        if (table.isPresent()) {
            return table.get();
        }
        return pages.writeRun(RunId.ofExecution(subject))
                .orElseThrow(() -> new CommandFailedException(
                        "there is neither a report of a run " + subject + " nor a table of this name",
                        "a run has a report when its first pass has ended, for 30 days; a table when it had a run"));
    }
}
