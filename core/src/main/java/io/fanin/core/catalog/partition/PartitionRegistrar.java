package io.fanin.core.catalog.partition;

import io.fanin.core.catalog.Rounds;
import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.partition.PartitionValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Registers partitions: refuses those that Glue would refuse, writes the others, and returns an outcome for each. */
public final class PartitionRegistrar {

    private final PartitionReader reader;
    private final PartitionWriter writer;
    private final Rounds rounds;

    public PartitionRegistrar(PartitionReader reader, PartitionWriter writer, Rounds rounds) {
        this.reader = reader;
        this.writer = writer;
        this.rounds = rounds;
    }

    public RegistrationReport register(CatalogTable table, List<PartitionRegistration> given) {
        table.requireUsable();
        RegistrationInput input = new RegistrationInput(table.keys());
        Map<PartitionRegistration, Refused> refused = new LinkedHashMap<>();
        Map<PartitionValues, PartitionRegistration> sound = new LinkedHashMap<>();
        for (PartitionRegistration partition : given) {
            input.refuse(partition)
                    .ifPresentOrElse(
                            refusal -> refused.put(partition, refusal), () -> sound.put(partition.values(), partition));
        }
        Map<PartitionValues, RegistrationOutcome> written =
                new RegistrationRounds(table, sound, reader, writer).outcomes(rounds);
        List<RegistrationOutcome> outcomes = new ArrayList<>(given.size());
        for (PartitionRegistration partition : given) {
            Refused refusal = refused.get(partition);
            outcomes.add(refusal == null ? written.get(partition.values()) : refusal);
        }
        return new RegistrationReport(table.name(), outcomes);
    }
}
