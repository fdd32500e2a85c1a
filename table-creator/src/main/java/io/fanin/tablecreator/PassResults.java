package io.fanin.tablecreator;

import io.fanin.core.catalog.PartitionParameters;
import io.fanin.core.catalog.PartitionRegistration;
import io.fanin.core.catalog.RegistrationOutcome;
import io.fanin.core.catalog.RegistrationReport;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.run.Failure;
import io.fanin.core.run.PartitionResult;
import io.fanin.core.run.RunFolder;
import io.fanin.core.run.RunId;
import io.fanin.core.table.TableDefinition;
import io.fanin.core.text.OneLine;
import java.util.ArrayList;
import java.util.List;

/** The results of a pass, told apart. */
record PassResults(List<PartitionResult.Processed> processed, List<PartitionResult.Failed> failed) {

    /** Of a failure's message: it is kept with the partition for as long as that is outstanding. */
    private static final int MAX_MESSAGE = 500;

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

    /** @param registration of {@link #registrations}, whose outcomes come in the same order */
    List<OutstandingFailure> refused(RegistrationReport registration, RunId run, int pass) {
        List<OutstandingFailure> refused = new ArrayList<>();
        for (int i = 0; i < processed.size(); i++) {
            if (registration.outcomes().get(i) instanceof RegistrationOutcome.Refused outcome) {
                Failure failure = new Failure(
                        outcome.errorCode(),
                        "Glue did not register it: " + OneLine.beginning(outcome.message(), MAX_MESSAGE));
                refused.add(OutstandingFailure.first(processed.get(i).partition(), failure, run, pass));
            }
        }
        return refused;
    }
}
