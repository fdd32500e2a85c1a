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
 * The command that processes the outstanding partitions of a run again.
 *
 * @param lead the purpose of the command, as the beginning of a line
 * @param text the command line for a shell
 */
public record NextCommand(String lead, String text) {

    /**
     * A run with outstanding partitions.
     *
     * @param execution the name of its execution; empty if it is not known
     * @param begun when its execution was started, or when it ended if that is not known
     * @param failed when it ended
     * @param held whether its execution was held for a redrive, even if there is no time left for one
     * @param setAside whether scheduled runs skip some of the outstanding partitions
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
     * The command for a run's outstanding partitions: a redrive as long as Step Functions allows one, then a new run. A
     * new run processes partitions that are set aside only if its input names the run that left them.
     *
     * @param options the options that select the stack
     */
    static NextCommand of(Left left, String options, Instant now) {
        if (left.held
                && left.execution.isPresent()
                && left.failed.plus(ExecutionArn.REDRIVABLE_FOR).isAfter(now)) {
            return new NextCommand("To redrive it:", ExecutionArn.redriveCommand(left.execution.get()) + options);
        }
        // The new run reads the old run's spec, which was written when that began.
        boolean named = left.setAside && left.begun.plus(RunFolder.KEPT_FOR).isAfter(now);
        String subject = named
                ? Json.text(Map.of(InputNames.REDRIVE_OF, left.execution.orElseGet(left.run::value)))
                : left.table.toString();
        return new NextCommand("To process it again in a new run:", "fanin run " + ShellWord.quoted(subject) + options);
    }
}
