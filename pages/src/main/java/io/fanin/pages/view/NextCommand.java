package io.fanin.pages.view;

import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.json.Json;
import io.fanin.model.names.InputNames;
import io.fanin.model.run.ExecutionArn;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.model.text.ShellWord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The command that processes again what a run has left outstanding.
 *
 * @param lead what it does
 * @param text what is typed in a shell
 */
public record NextCommand(String lead, String text) {

    /**
     * A run that left something outstanding.
     *
     * @param execution the name of its execution; empty if it is not known
     * @param begun when its execution was started, or when it ended if that is not known
     * @param failed when it ended
     * @param held whether its execution waits for a redrive, as far as time allows
     * @param setAside whether scheduled runs leave out some of what is outstanding
     */
    record Left(
            TableName table,
            RunId run,
            Optional<String> execution,
            Instant begun,
            Instant failed,
            boolean held,
            boolean setAside) {}

    /**
     * What is left of a run: a redrive as long as Step Functions takes one, then a new run, which tries what is set
     * aside only if it is told which run has left it.
     *
     * @param options with which the command reaches the stack
     */
    static NextCommand of(Left left, String options, Instant now) {
        if (left.held
                && left.execution.isPresent()
                && left.failed.plus(ExecutionArn.REDRIVABLE_FOR).isAfter(now)) {
            return new NextCommand("To redrive it:", ExecutionArn.redriveCommand(left.execution.get()) + options);
        }
        // What the new run reads of it, its spec, was written when it began.
        boolean named = left.setAside && left.begun.plus(RunFolder.KEPT_FOR).isAfter(now);
        String subject = named
                ? Json.text(Map.of(InputNames.REDRIVE_OF, left.execution.orElseGet(left.run::value)))
                : left.table.toString();
        return new NextCommand("To process it again in a new run:", "fanin run " + ShellWord.quoted(subject) + options);
    }
}
