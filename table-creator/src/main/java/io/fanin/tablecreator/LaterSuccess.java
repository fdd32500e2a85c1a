package io.fanin.tablecreator;

import io.fanin.core.execution.ExecutionEnd;
import io.fanin.core.execution.ExecutionEnds;
import io.fanin.core.lease.Leases;
import io.fanin.core.run.folder.RunFolders;
import io.fanin.model.json.UnreadableDocumentException;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import io.fanin.tablecreator.events.RunEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tells whether a failure is over when the function is told of it: EventBridge may do so late, and twice. The run that
 * had the table's lease last is looked up, since a run with nothing to do leaves no other trace.
 */
record LaterSuccess(Leases leases, ExecutionEnds executions, RunFolders runs) {

    private static final Logger LOG = LoggerFactory.getLogger(LaterSuccess.class);

    /**
     * Whether the failed execution, or one that was started later, has succeeded; one that only changed waivers met no
     * cause. Takes three requests at most.
     *
     * @return false if it cannot be found out
     */
    boolean ends(RunEnd failed, TableName table) {
        try {
            RunId own = new RunId(failed.name());
            return leases.lastRun(table)
                    .flatMap(run -> run.executionName()
                            .flatMap(name -> executions.of(failed.sibling(name)))
                            .filter(ExecutionEnd::hasSucceeded)
                            .filter(end -> run.equals(own)
                                    || (wasStartedLater(end, failed)
                                            && !runs.of(run).changesWaivers())))
                    .isPresent();
        } catch (SdkException | UnreadableDocumentException e) {
            LOG.warn("it is not known whether a later run of {} has succeeded: {}", table, e.getMessage());
            return false;
        }
    }

    private static boolean wasStartedLater(ExecutionEnd end, RunEnd failed) {
        return end.started()
                .flatMap(later -> failed.started().filter(later::isAfter))
                .isPresent();
    }
}
