package io.fanin.tablecreator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.core.run.DetectionSummary;
import io.fanin.core.run.RunId;
import io.fanin.core.run.TableStatus;
import io.fanin.core.spec.OnPartial;
import java.util.Optional;

/**
 * What a pass came to, in references and counts.
 *
 * @param table {@code database.table}
 * @param onPartial what the spec says, or to succeed where all that is outstanding was set aside before
 * @param report the URI of the run's report
 * @param detection what the run's detection saw; empty when its report has expired
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TableCreatorAnswer(
        RunId run,
        int pass,
        String table,
        TableStatus status,
        OnPartial onPartial,
        long registered,
        long failed,
        long outstanding,
        String report,
        Optional<DetectionSummary> detection) {}
