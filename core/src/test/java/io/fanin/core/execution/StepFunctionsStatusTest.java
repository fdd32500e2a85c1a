package io.fanin.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.json.Json;
import io.fanin.model.run.Execution;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.SfnException;

class StepFunctionsStatusTest {

    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:partition-fan-in:one";

    private final AtomicInteger open = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "RUNNING, true",
        "PENDING_REDRIVE, true",
        "SUCCEEDED, false",
        "FAILED, false",
        "TIMED_OUT, false",
        "ABORTED, false",
        "SOMETHING_NEW, false",
    })
    void onlyWhatRunsOrIsAboutToIsAlive(String status, boolean alive) {
        assertThat(asked(request -> {
                            assertThat(request.executionArn()).isEqualTo(ARN);
                            return DescribeExecutionResponse.builder()
                                    .status(status)
                                    .build();
                        })
                        .isAlive(ARN))
                .isEqualTo(alive);
        assertThat(open).as("clients left open").hasValue(0);
    }

    /** DescribeExecution may return the state from before a redrive. */
    @ParameterizedTest
    @CsvSource({
        "FAILED, 0, 0, false",
        "FAILED, 0, 1, true",
        "FAILED, 1, 1, false",
        "FAILED, , 0, false",
        "RUNNING, 2, 1, true",
    })
    void answerFromBeforeTheRedriveDoesNotCount(String status, Integer described, int own, boolean alive) {
        Execution execution =
                new Execution(ARN, "one", Json.documents().createObjectNode(), Optional.empty(), OptionalInt.of(own));

        assertThat(asked(request -> DescribeExecutionResponse.builder()
                                .status(status)
                                .redriveCount(described)
                                .build())
                        .isAlive(execution))
                .isEqualTo(alive);
    }

    @Test
    void whatDoesNotExistIsNotAlive() {
        assertThat(asked(request -> {
                            throw ExecutionDoesNotExistException.builder().build();
                        })
                        .isAlive(ARN))
                .isFalse();
        assertThat(asked(request -> {
                            throw InvalidArnException.builder().build();
                        })
                        .isAlive("arn:none"))
                .isFalse();
    }

    /** Taking the lease of an execution whose status must not be read would be a guess. */
    @Test
    void refusalIsAFailure() {
        ExecutionStatus status = asked(request -> {
            throw SfnException.builder().message("not authorized").build();
        });

        assertThatThrownBy(() -> status.isAlive(ARN)).isInstanceOf(SfnException.class);
        assertThat(open).hasValue(0);
    }

    @Test
    void noClientIsMadeBeforeOneIsNeeded() {
        new StepFunctionsStatus(() -> {
            throw new AssertionError("a client is made");
        });
    }

    private ExecutionStatus asked(Answer answer) {
        return new StepFunctionsStatus(() -> {
            open.incrementAndGet();
            return new Answering(answer, open);
        });
    }

    private interface Answer {
        DescribeExecutionResponse to(DescribeExecutionRequest request);
    }

    private record Answering(Answer answer, AtomicInteger open) implements SfnClient {

        @Override
        public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
            return answer.to(request);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
