package io.fanin.tablecreator;

import io.fanin.core.catalog.PartitionRegistration;
import io.fanin.core.catalog.RegistrationReport;
import io.fanin.core.partition.Partition;
import io.fanin.core.partition.PartitionValues;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of a pass, told apart. */
record PassResults(List<PartitionResult.Processed> processed, List<PartitionResult.Failed> failed) {

    static PassResults of(List<PartitionResult> results) {
        List<PartitionResult.Processed> processed = new ArrayList<>();
        List<PartitionResult.Failed> failed = new ArrayList<>();
        for (PartitionResult result : results) {
            switch (result) {
                case PartitionResult.Processed success -> processed.add(success);
                case PartitionResult.Failed failure -> failed.add(failure);
            }
        }
        return new PassResults(processed, failed);
    }

    List<OutstandingFailure> failures(RunId run, int pass) {
        return failed.stream()
                .map(result -> OutstandingFailure.first(result.partition(), result.failure(), run, pass))
                .toList();
    }

    List<PartitionRegistration> registrations(TableDefinition table, RunFolder run) {
        return processed.stream()
                .map(result -> new PartitionRegistration(
                        result.partition().values(),
                        table.location().uriOf(result.partition().prefix()),
                        PartitionParameters.of(result, run)))
                .toList();
    }

    List<OutstandingFailure> refused(RegistrationReport registration, RunId run, int pass) {
        Map<PartitionValues, Partition> partitions = processed.stream()
                .map(PartitionResult.Processed::partition)
                .collect(Collectors.toMap(Partition::values, Function.identity()));
        return registration.refused().stream()
                .map(refused -> OutstandingFailure.first(
                        partitions.get(refused.values()),
                        new Failure(refused.errorCode(), "Glue did not register it: " + refused.message()),
                        run,
                        pass))
                .toList();
    }
}
