package io.fanin.core.execution;

import io.fanin.model.run.Execution;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/**
 * Asks Step Functions for the status of executions. Leases of other executions are rare, so the client is only created
 * for them.
 *
 * <p>DescribeExecution's response may be slightly outdated: an execution that has just been redriven may still be
 * reported as failed, and one that has just been started as unknown. It then finds its lease taken when it is about to
 * register.
 *
 * @param clients creates the client, which is closed after its one call
 */
public record StepFunctionsStatus(Supplier<SfnClient> clients) implements ExecutionStatus, ExecutionEnds {

    @Override
    public boolean isAlive(String executionArn) {
        return of(executionArn).filter(ExecutionEnd::isAlive).isPresent();
    }

    @Override
    public boolean isAlive(Execution execution) {
        return describe(execution.id())
                .filter(found -> end(found).isAlive() || isBeforeRedrive(found, execution))
                .isPresent();
    }

    private static boolean isBeforeRedrive(DescribeExecutionResponse found, Execution execution) {
        return found.redriveCount() != null
                && found.redriveCount() < execution.redriveCount().orElse(0);
    }

    @Override
    public Optional<ExecutionEnd> of(String executionArn) {
        return describe(executionArn).map(StepFunctionsStatus::end);
    }

    private Optional<DescribeExecutionResponse> describe(String executionArn) {
        try (SfnClient sfn = clients.get()) {
            return Optional.of(sfn.describeExecution(request -> request.executionArn(executionArn)));
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return Optional.empty();
        }
    }

    private static ExecutionEnd end(DescribeExecutionResponse execution) {
        return new ExecutionEnd(
                execution.statusAsString(),
                Optional.ofNullable(execution.startDate()),
                Optional.ofNullable(execution.output()),
                Optional.ofNullable(execution.error()),
                Optional.ofNullable(execution.cause()));
    }
}
