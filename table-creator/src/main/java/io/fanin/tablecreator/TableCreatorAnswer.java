package io.fanin.tablecreator;

import io.fanin.core.run.RunId;
import io.fanin.core.run.TableStatus;
import io.fanin.core.spec.OnPartial;

/**
 * What a pass came to, in references and counts.
 *
 * @param table {@code database.table}
 * @param onPartial what the spec says, or to succeed where all that is outstanding was set aside before
 * @param report the URI of the run's report
 */
record TableCreatorAnswer(
        RunId run,
        int pass,
        String table,
        TableStatus status,
        OnPartial onPartial,
        long registered,
        long failed,
        long outstanding,
        String report) {}
