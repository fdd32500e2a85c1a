package io.fanin.cli.table;

import io.fanin.cli.aws.Clients;
import io.fanin.cli.aws.Endpoint;
import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.cli.console.Hints;
import io.fanin.core.catalog.CatalogException;
import io.fanin.core.history.DamagedDocument;
import io.fanin.core.history.StackHistories;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import java.util.List;

/**
 * A table that cannot be shown: one of its documents in the state bucket cannot be read, or the catalog refuses access.
 *
 * @param status always {@code UNREADABLE}
 * @param message the document and its defect, or the catalog's refusal
 * @param advice the remedy
 */
public record UnreadableTable(String table, String status, String message, String advice) implements ListedTable {

    static final String STATUS = "UNREADABLE";

    static UnreadableTable of(TableName table, UnreadableDocumentException damage, Clients clients) {
        return of(table, DamagedDocument.of(damage), clients);
    }

    private static UnreadableTable of(TableName table, DamagedDocument damaged, Clients clients) {
        return new UnreadableTable(table.toString(), STATUS, damaged.message(), damaged.advice(clients::deletion));
    }

    /** A table that the catalog refuses to show. */
    static UnreadableTable of(TableName table, CatalogException refusal, Hints hints) {
        return new UnreadableTable(
                table.toString(),
                STATUS,
                refusal.getMessage(),
                hints.command("doctor") + " names all tables that you may not read");
    }

    /** The tables whose history cannot be read. */
    public static List<UnreadableTable> of(StackHistories histories, Clients clients) {
        return histories.damaged().entrySet().stream()
                .map(table -> of(table.getKey(), table.getValue(), clients))
                .toList();
    }

    /** The failure of a command that needs the document. */
    public static CommandFailedException failure(UnreadableDocumentException damage, Endpoint endpoint) {
        String advice = DamagedDocument.of(damage).advice(endpoint::deletion);
        return advice.isEmpty()
                ? new CommandFailedException(damage.getMessage(), damage)
                : new CommandFailedException(damage.getMessage(), advice, damage);
    }

    /** The failure of a command that had to leave out the table. */
    public CommandFailedException failure() {
        return new CommandFailedException(message, advice);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.FAILED;
    }

    /** The defect and the remedy, as lines of text. */
    public List<String> lines() {
        return List.of(LogSafe.of(message), LogSafe.of("  " + advice));
    }
}
