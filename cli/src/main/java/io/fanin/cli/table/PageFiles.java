package io.fanin.cli.table;

import io.fanin.cli.aws.Deployment;
import io.fanin.core.history.TableHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.RunId;
import io.fanin.core.run.RunReport;
import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.table.TableName;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.RunPage;
import io.fanin.pages.view.TablePage;
import io.fanin.pages.view.TablesPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Writes pages below a folder, made from the documents of the state bucket, where they would lie in it.
 *
 * @param folder made where it is absent
 */
public record PageFiles(Deployment stack, Clock clock, Path folder) {

    /** The page of a run; empty where it has no report. */
    public Optional<Path> writeRun(RunId id) throws IOException {
        RunFolder run = stack.run(id);
        Optional<RunReport> report = run.report();
        if (report.isEmpty()) {
            return Optional.empty();
        }
        TableName table = TableName.of(report.get().header().table());
        RunPage page = RunPage.of(
                report.get(),
                stack.histories().history(table).run(id),
                run.start(),
                run.detection().flatMap(DetectionFiles::findReport),
                clock.instant());
        return Optional.of(write("runs/" + id + "/report.html", HtmlPages.html(page)));
    }

    /** The page of a table; empty where the text names none that has had a run. */
    public Optional<Path> writeTable(String text) throws IOException {
        TableName table;
        try {
            table = TableName.of(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        TableHistory history = stack.histories().history(table);
        return history.equals(TableHistory.NEW) ? Optional.empty() : Optional.of(write(table, history));
    }

    /** The page of all tables, and that of each. */
    public Path writeAll() throws IOException {
        TableHistories histories = stack.histories();
        Map<TableName, TableHistory> all = histories.histories(stack.records().tables(), Workers.THREADS);
        for (Map.Entry<TableName, TableHistory> table : all.entrySet()) {
            write(table.getKey(), table.getValue());
        }
        return write("tables/index.html", HtmlPages.html(TablesPage.of(all, Optional.empty(), clock.instant())));
    }

    private Path write(TableName table, TableHistory history) throws IOException {
        TablePage page = TablePage.of(
                table,
                history,
                stack.histories().calendar(table),
                stack.records().read(table),
                clock.instant());
        return write("tables/" + table.database() + "/" + table.table() + "/index.html", HtmlPages.html(page));
    }

    private Path write(String name, String html) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, html);
    }
}
