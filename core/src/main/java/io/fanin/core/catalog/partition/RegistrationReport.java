package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.partition.RegistrationOutcome.Registered;
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

    public List<Registered> registered() {
        return outcomes.stream()
                .filter(Registered.class::isInstance)
                .map(Registered.class::cast)
                .toList();
    }

    public List<Refused> refused() {
        return outcomes.stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .toList();
    }
}
