package io.fanin.cli.execution;

import io.fanin.core.failure.Causes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * Requests about an execution. Each is repeated while AWS throttles it, and for minutes if AWS fails or cannot be
 * reached, since the execution may continue for hours. Not thread-safe.
 */
final class RetriedRequests {

    /**
     * The maximum number of failed requests in a row, without throttled ones: some minutes of requests every few
     * seconds, each tried three times by the SDK.
     */
    private static final int UNANSWERED_AT_MOST = 100;

    private int unanswered;

    /**
     * The answer to a request; absent if it has to be repeated.
     *
     * @throws SdkException if AWS refuses it, or has not answered for too long
     */
    <T> Optional<T> ask(Supplier<T> question) {
        try {
            T answer = question.get();
            unanswered = 0;
            return Optional.of(answer);
        } catch (SdkException e) {
            boolean isThrottled = e instanceof AwsServiceException refusal && refusal.isThrottlingException();
            if (!isThrottled && (!mayPass(e) || ++unanswered >= UNANSWERED_AT_MOST)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean mayPass(SdkException e) {
        return e instanceof AwsServiceException refusal
                ? refusal.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR
                : Causes.of(e).stream().anyMatch(IOException.class::isInstance);
    }
}
