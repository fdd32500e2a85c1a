package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.TableName;
import io.fanin.model.table.TableProgress;
import java.util.Optional;

/**
 * A table for which a run of all tables starts no execution, because its execution would have found nothing to do and
 * changed nothing. Nothing of it is outstanding.
 *
 * @param waived the number of its waived partitions
 * @param unfit the names that do not fit its layout
 * @param withoutPartitions whether no run has ever found a partition of it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UpToDateTable(
        TableName table,
        @JsonUnwrapped TableProgress progress,
        int waived,
        Optional<UnfitNames> unfit,
        Boolean withoutPartitions) {

    /** If a document lacks {@code withoutPartitions}, it is false. */
    public UpToDateTable {
        withoutPartitions = withoutPartitions != null && withoutPartitions;
    }
}
