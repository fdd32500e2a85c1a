package io.fanin.cli.execution;

import io.fanin.core.retry.Causes;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * Questions about an execution, each of which is asked again for minutes where AWS throttles it, fails, or cannot be
 * reached: the execution goes on meanwhile, for hours maybe. Not thread-safe.
 */
final class Questions {

    /** Of a follow that asks every few seconds, some minutes; the SDK has asked each question three times itself. */
    private static final int UNANSWERED_AT_MOST = 100;

    private int unanswered;

    /**
     * What a question answers; empty if it is to be asked again.
     *
     * @throws SdkException if AWS refuses it, or has answered none for too long
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
