package io.fanin.core.alltables;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fanin.model.run.detection.UnfitNames;
import io.fanin.model.table.KeyZone;
import io.fanin.model.table.TableName;
import java.util.Optional;

/**
 * A table for which a run of all tables starts no execution, because its execution would have found nothing to do and
 * changed nothing. Nothing of it is outstanding.
 *
 * @param completeThrough the period through which it is complete; absent if its keys are not times
 * @param waived the number of its waived partitions
 * @param unfit the names that do not fit its layout
 * @param timeZone of its keys; absent if not stated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UpToDateTable(
        TableName table,
        Optional<String> completeThrough,
        int waived,
        Optional<UnfitNames> unfit,
        Optional<KeyZone> timeZone) {}
