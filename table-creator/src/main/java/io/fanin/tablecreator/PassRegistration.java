package io.fanin.tablecreator;

import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.aws.RequestCounter;
import io.fanin.tablecreator.metrics.TableMetrics;
import java.util.Map;

/** Registers a pass, announces it, and writes its metrics. */
record PassRegistration(
        TableCreator creator, Announcements announcements, TableMetrics metrics, RequestCounter requests) {

    TableCreatorAnswer register(TableCreatorInput.Register request) {
        Map<String, Long> before = requests.counts();
        TableCreator.PassOutcome pass =
                creator.register(request, () -> requests.since(before), announcements::passEnded);
        announcements.announce(request, pass);
        if (pass.recordOfRepeated().isPresent()) {
            // The invocation that ended the pass may have died before it wrote any.
            metrics.writeState(
                    pass.report().header().table(), pass.recordOfRepeated().get());
        } else {
            long sent = requests.since(before).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            pass.previous()
                    .ifPresentOrElse(
                            previous -> metrics.passEnded(pass.report(), previous, sent),
                            () -> metrics.passEnded(pass.report(), request.execution(), sent));
        }
        return pass.answer();
    }
}
