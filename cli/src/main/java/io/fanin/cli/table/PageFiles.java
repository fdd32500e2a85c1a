package io.fanin.cli.table;

import io.fanin.cli.console.WholeFile;
import io.fanin.core.history.StackHistories;
import io.fanin.core.history.TableHistory;
import io.fanin.model.json.Json;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.names.StateKeys;
import io.fanin.model.names.StateKeys.RunKeys;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.pages.HtmlPages;
import io.fanin.pages.view.StoredRun;
import io.fanin.pages.view.TablePage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes pages below a folder, at the same paths as in the state bucket.
 *
 * @param folder created if absent
 */
public record PageFiles(StackPages pages, Path folder) {

    /**
     * The written files.
     *
     * @param page the file of the requested page
     * @param unreadable the tables that have no page, since a document cannot be read
     */
    public record Written(Path page, List<UnreadableTable> unreadable) {}

    /** Writes the page of a run, and the report that it links to; absent if the run has no report. */
    public Optional<Path> writeRun(RunId id) throws IOException {
        Optional<StoredRun> run = pages.stored(id);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        RunKeys keys = StateKeys.run(id);
        write(keys.report(), Json.text(run.get().report()));
        return Optional.of(write(keys.page(), HtmlPages.html(pages.page(run.get()))));
    }

    /** Writes the page of a table; absent if the text is not the name of a table with runs. */
    public Optional<Path> writeTable(String text) throws IOException {
        Optional<TableName> table = TableName.find(text);
        Optional<TablePage> page = table.flatMap(pages::table);
        return page.isEmpty() ? Optional.empty() : Optional.of(write(table.get(), page.get()));
    }

    /** Writes the page of all tables, and the page of each table whose documents can be read. */
    public Written writeAll() throws IOException {
        StackHistories all = pages.histories();
        List<UnreadableTable> unreadable =
                new ArrayList<>(UnreadableTable.of(all, pages.stack().clients()));
        for (Map.Entry<TableName, TableHistory> table : all.readable().entrySet()) {
            try {
                write(table.getKey(), pages.table(table.getKey(), table.getValue()));
            } catch (UnreadableDocumentException e) {
                unreadable.add(
                        UnreadableTable.of(table.getKey(), e, pages.stack().clients()));
            }
        }
        return new Written(write(StateKeys.TABLES_PAGE, HtmlPages.html(pages.tables(all))), unreadable);
    }

    private Path write(TableName table, TablePage page) throws IOException {
        return write(StateKeys.table(table).page(), HtmlPages.html(page));
    }

    private Path write(String key, String content) throws IOException {
        return WholeFile.write(folder.resolve(key), content);
    }
}
