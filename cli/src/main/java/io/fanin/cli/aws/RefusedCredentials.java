package io.fanin.cli.aws;

import io.fanin.core.aws.AwsErrors;
import io.fanin.core.failure.Causes;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Credentials that AWS rejects. Services use different error codes, without a remedy. */
public enum RefusedCredentials {
    EXPIRED("the AWS credentials have expired", "renew them, such as by aws sso login, and run the command again"),
    UNKNOWN(
            "AWS does not know the credentials: they are wrong, or belong to another endpoint",
            "correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile");

    private final String problem;
    private final String remedy;

    RefusedCredentials(String problem, String remedy) {
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The defect of the credentials, found in a failure or its causes; absent if they have another reason. */
    public static Optional<RefusedCredentials> find(Throwable failure) {
        return Causes.of(failure).stream()
                .filter(AwsServiceException.class::isInstance)
                .flatMap(cause -> AwsErrors.code((AwsServiceException) cause).stream())
                .flatMap(code -> of(code).stream())
                .findFirst();
    }

    private static Optional<RefusedCredentials> of(String code) {
        return switch (code) {
            case "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired" ->
                Optional.of(EXPIRED);
            case "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidToken", "UnrecognizedClientException" ->
                Optional.of(UNKNOWN);
            default -> Optional.empty();
        };
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
