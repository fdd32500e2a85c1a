package io.fanin.detector;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.partition.ValueForms;
import io.fanin.core.record.PublishedParameters;
import io.fanin.core.record.TableRecord;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is said of a table before a run.
 *
 * @param parameters the table's in Glue; empty where the table is absent
 */
record TableStanding(TableRecord record, List<PartitionKey> keys, Map<String, String> parameters) {

    /** The forms in which the table's values may be written. */
    ValueForms forms() {
        return new ValueForms(keys);
    }

    /** Whether something outstanding has been registered since, or the parameters do not say what the record says. */
    boolean isStale(Predicate<PartitionValues> registered) {
        boolean healed = record.outstanding().stream()
                .anyMatch(failure -> registered.test(failure.partition().values()));
        return healed || (record.lastRun().isPresent() && !PublishedParameters.agree(record, keys, parameters));
    }
}
