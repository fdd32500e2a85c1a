package io.fanin.cli.table;

import io.fanin.cli.console.CommandFailedException;
import io.fanin.cli.console.ExitCode;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.names.StateKeys;
import io.fanin.model.table.TableName;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.ShellWord;
import java.util.List;
import java.util.Optional;

/**
 * A table with a document in the state bucket that cannot be read.
 *
 * @param status always {@code UNREADABLE}
 * @param message which document, and what is wrong with it
 * @param advice what to do
 */
public record UnreadableTable(String table, String status, String message, String advice) implements ListedTable {

    static final String STATUS = "UNREADABLE";

    static UnreadableTable of(TableName table, UnreadableDocumentException damage) {
        return new UnreadableTable(table.toString(), STATUS, damage.getMessage(), advice(damage.document()));
    }

    /** The failure of a command that needs the document. */
    public static CommandFailedException failure(UnreadableDocumentException damage) {
        String advice = advice(damage.document());
        return advice.isEmpty()
                ? new CommandFailedException(damage.getMessage(), damage)
                : new CommandFailedException(damage.getMessage(), advice, damage);
    }

    /** The failure of a command that had to leave out the table. */
    public CommandFailedException failure() {
        return new CommandFailedException(message, advice);
    }

    @Override
    public Optional<String> held() {
        return Optional.empty();
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.FAILED;
    }

    /** What is wrong, and what to do. */
    public List<String> lines() {
        return List.of(LogSafe.of(message), LogSafe.of("  " + advice));
    }

    private static String advice(String document) {
        String delete = "delete it: aws s3 rm " + ShellWord.quoted(document) + ". ";
        if (StateKeys.TableKeys.isRecord(document)) {
            return delete
                    + "The next run that looks at the whole table makes a new record. Waivers are lost with it: waive"
                    + " those partitions again";
        }
        if (StateKeys.TableKeys.isLease(document)) {
            return "when no execution is working on the table, " + delete + "The next one makes a new lease";
        }
        return StateKeys.TableKeys.isForPages(document)
                ? delete + "It is only for the pages, and the next run begins a new one"
                : "";
    }
}
