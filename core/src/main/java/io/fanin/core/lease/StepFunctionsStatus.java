package io.fanin.core.lease;

import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.PENDING_REDRIVE;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.RUNNING;

import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/**
 * Asks Step Functions. A lease of somebody else is met so rarely that a client is made when one is.
 *
 * <p>What DescribeExecution says may be a moment old: an execution that has just been redriven may still be called failed.
 * It then finds its lease taken when it wants to register.
 *
 * @param clients makes the client, which is closed after its one call
 */
public record StepFunctionsStatus(Supplier<SfnClient> clients) implements ExecutionStatus {

    @Override
    public boolean isAlive(String executionArn) {
        try (SfnClient sfn = clients.get()) {
            return Set.of(RUNNING, PENDING_REDRIVE)
                    .contains(sfn.describeExecution(request -> request.executionArn(executionArn))
                            .status());
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return false;
        }
    }
}
