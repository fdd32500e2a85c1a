package io.fanin.core.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Code and message of an AWS error; empty if the response has none, as from a proxy or to HEAD. */
public final class AwsErrors {

    private AwsErrors() {}

    /** The service's code. */
    public static Optional<String> code(AwsServiceException refusal) {
        return Optional.ofNullable(refusal.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .filter(text -> !text.isBlank());
    }

    /** The service's message, without what the SDK adds to it. */
    public static Optional<String> message(AwsServiceException refusal) {
        return Optional.ofNullable(refusal.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .filter(text -> !text.isBlank());
    }

    public static boolean isCode(AwsServiceException refusal, String code) {
        return code(refusal).filter(code::equals).isPresent();
    }
}
