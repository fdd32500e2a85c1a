package io.fanin.core.catalog.partition;

import io.fanin.model.table.TableName;
import java.util.List;

/**
 * The result of {@link io.fanin.core.catalog.client.GlueCatalog#register}: one outcome for each partition.
 *
 * @param outcomes one for each partition given, in the order given
 */
public record RegistrationReport(TableName table, List<RegistrationOutcome> outcomes) {

    public RegistrationReport {
        outcomes = List.copyOf(outcomes);
    }
}
