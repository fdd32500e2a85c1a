package io.fanin.core.history;

import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.names.StateKeys;
import io.fanin.model.text.ShellWord;
import java.util.function.UnaryOperator;

/**
 * A document in the state bucket that cannot be read.
 *
 * @param document its URI
 * @param message which document, and what is wrong with it
 */
public record DamagedDocument(String document, String message) {

    public static DamagedDocument of(UnreadableDocumentException damage) {
        return new DamagedDocument(damage.document(), damage.getMessage());
    }

    /** Advice for people whose AWS CLI is set up for the stack. */
    public String advice() {
        return advice(uri -> "aws s3 rm " + ShellWord.quoted(uri));
    }

    /**
     * Advice for people; empty text if nothing has to be done.
     *
     * @param deletion the command that deletes the object with a URI
     */
    public String advice(UnaryOperator<String> deletion) {
        String delete = "delete it: " + deletion.apply(document) + ". ";
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
