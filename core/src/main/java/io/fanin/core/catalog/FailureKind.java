package io.fanin.core.catalog;

import io.fanin.core.aws.AwsErrors;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.HttpStatusCode;

/**
 * The treatment of a failed call, or of one entry in the {@code Errors} of a batch call's response. Determined by
 * Glue's error code, which is the same in both places.
 */
public enum FailureKind {
    EXISTS,
    MISSING,
    /** The call had no effect and may be sent again. */
    RETRYABLE,
    /** The call may have had an effect: the response was lost, or Glue itself does not know the result. */
    AMBIGUOUS,
    INVALID,
    DENIED,
    /** A quota is used up, so further attempts would fail, too. */
    LIMIT,
    OTHER;

    /** The catalog is encrypted, and its key cannot be used. */
    private static final String ENCRYPTION = "GlueEncryptionException";

    public static FailureKind of(SdkException failure) {
        if (failure instanceof AbortedException) {
            return OTHER;
        }
        if (!(failure instanceof AwsServiceException refused)) {
            return AMBIGUOUS;
        }
        FailureKind byCode = ofCode(codeOf(refused));
        if (byCode != OTHER) {
            return byCode;
        }
        if (refused.isThrottlingException()) {
            return RETRYABLE;
        }
        if (refused.statusCode() == HttpStatusCode.REQUEST_TOO_LONG) {
            return INVALID;
        }
        return refused.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR ? AMBIGUOUS : OTHER;
    }

    public static FailureKind ofCode(String code) {
        return switch (code) {
            case "AlreadyExistsException" -> EXISTS;
            case "EntityNotFoundException" -> MISSING;
            case "ThrottlingException",
                    "Throttling",
                    "TooManyRequestsException",
                    "RequestLimitExceeded",
                    "ConcurrentModificationException",
                    "VersionMismatchException",
                    "ResourceNotReadyException",
                    "FederationSourceRetryableException" -> RETRYABLE;
            case "InternalServiceException",
                    "InternalServerException",
                    "InternalFailure",
                    "ServiceUnavailable",
                    "ServiceUnavailableException",
                    "OperationTimeoutException",
                    "RequestTimeout",
                    "RequestTimeoutException" -> AMBIGUOUS;
            case "InvalidInputException", "ValidationException" -> INVALID;
            case "AccessDeniedException", "AccessDenied", "PermissionTypeMismatchException", ENCRYPTION -> DENIED;
            case "ResourceNumberLimitExceededException" -> LIMIT;
            default -> OTHER;
        };
    }

    /**
     * Whether the message of a denial is that of Lake Formation, such as {@code Insufficient Lake Formation
     * permission(s): Required Alter on flights}; otherwise it is IAM's.
     */
    static boolean isOfLakeFormation(String message) {
        return message.toLowerCase(Locale.ROOT).contains("lake formation");
    }

    /**
     * Whether an answer, code and message, is about the key of an encrypted catalog, such as
     * {@code AccessDeniedException: User ... is not authorized to perform: kms:Decrypt}.
     */
    static boolean isOfKey(String answer) {
        return answer.contains(ENCRYPTION) || answer.contains("kms:");
    }

    public static String codeOf(SdkException failure) {
        if (failure instanceof AwsServiceException refused) {
            return AwsErrors.code(refused).orElseGet(() -> "HTTP " + refused.statusCode());
        }
        return failure.getClass().getSimpleName();
    }

    public static String messageOf(SdkException failure) {
        Optional<String> message =
                failure instanceof AwsServiceException refusal ? AwsErrors.message(refusal) : Optional.empty();
        return message.orElseGet(() -> String.valueOf(failure.getMessage()));
    }
}
