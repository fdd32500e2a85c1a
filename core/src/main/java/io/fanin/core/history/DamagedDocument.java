package io.fanin.core.history;

import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.names.StateKeys;
import io.fanin.model.text.ShellWord;

/**
 * A document in the state bucket that cannot be read.
 *
 * @param message which document, and what is wrong with it
 * @param advice what to do; empty for none
 */
public record DamagedDocument(String message, String advice) {

    public static DamagedDocument of(UnreadableDocumentException damage) {
        return new DamagedDocument(damage.getMessage(), advice(damage.document()));
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
