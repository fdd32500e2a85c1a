package io.fanin.core.s3;

import io.fanin.core.aws.AwsErrors;
import io.fanin.core.failure.Causes;
import java.net.HttpURLConnection;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * S3 refuses to return an object, and a retry would not help. The message contains S3's answer, but not the object's
 * name.
 */
public final class ObjectRefusedException extends RuntimeException {

    public enum Reason {
        NO_OBJECT,
        NO_BUCKET,
        /** It is no longer the requested version. */
        REPLACED,
        ACCESS_DENIED,
        /** It is in a storage class from which it has to be restored first. */
        ARCHIVED,
        /** It is encrypted by a key that cannot be used, whoever asks. */
        ENCRYPTED,
        /** Whoever reads it has to give its key. */
        ENCRYPTED_BY_WRITER,
        OTHER_REGION,
        OTHER
    }

    private static final String ACCESS_DENIED = "AccessDenied";

    /** Beside redirects, S3's answers to a request that was signed for another region than the bucket's. */
    private static final Set<String> OF_OTHER_REGIONS =
            Set.of("AuthorizationHeaderMalformed", "IllegalLocationConstraintException");

    /**
     * S3's answers where the object's KMS key cannot be used: <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">error responses</a>.
     */
    private static final Set<String> OF_ENCRYPTION = Set.of(
            "KMS.DisabledException",
            "KMS.InvalidKeyUsageException",
            "KMS.KMSInvalidStateException",
            "KMS.NotFoundException");

    private static final Set<Reason> LACKING = Set.of(Reason.ACCESS_DENIED, Reason.ENCRYPTED);

    /** S3's answer where the client has to give the key (SSE-C). */
    private static final String OF_KEY_OF_CLIENT = "InvalidRequest";

    private final Reason reason;

    private ObjectRefusedException(String message, Reason reason, S3Exception cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The exception for a failure of S3: failures of the service, which are temporary, are returned as they are. */
    static RuntimeException of(S3Exception e) {
        if (e.statusCode() >= HttpStatusCode.INTERNAL_SERVER_ERROR || e.isThrottlingException()) {
            return e;
        }
        String code = code(e);
        String message = code.isBlank()
                ? "S3 answers with status " + e.statusCode()
                : "S3 answers " + code + " (status " + e.statusCode() + ")";
        return new ObjectRefusedException(message, reason(e, code), e);
    }

    /** Whether S3 refused a request for lack of a permission, or of a usable key, which no retry changes. */
    public static boolean isLackOfPermission(Throwable failure) {
        return refusals(failure).anyMatch(e -> LACKING.contains(reason(e, code(e))));
    }

    /** Whether S3 refused a request without saying why: such an answer comes before a body that is long. */
    public static boolean isWithoutReason(Throwable failure) {
        return refusals(failure).anyMatch(e -> code(e).isBlank());
    }

    private static Stream<S3Exception> refusals(Throwable failure) {
        return Causes.of(failure).stream().filter(S3Exception.class::isInstance).map(S3Exception.class::cast);
    }

    /** Whether S3 refused a request because the bucket lies in another region. */
    public static boolean isOfOtherRegion(S3Exception e) {
        return e.statusCode() == HttpStatusCode.MOVED_PERMANENTLY
                || e.statusCode() == HttpStatusCode.TEMPORARY_REDIRECT
                || OF_OTHER_REGIONS.contains(code(e));
    }

    private static String code(S3Exception e) {
        return AwsErrors.code(e).orElse("");
    }

    private static Reason reason(S3Exception e, String code) {
        return switch (e) {
            case NoSuchKeyException none -> Reason.NO_OBJECT;
            case NoSuchBucketException none -> Reason.NO_BUCKET;
            case S3Exception other when isOfOtherRegion(other) -> Reason.OTHER_REGION;
            case S3Exception other when OF_ENCRYPTION.contains(code) -> Reason.ENCRYPTED;
            case S3Exception other when code.equals(OF_KEY_OF_CLIENT) -> Reason.ENCRYPTED_BY_WRITER;
            default ->
                switch (e.statusCode()) {
                    case HttpURLConnection.HTTP_PRECON_FAILED -> Reason.REPLACED;
                    case HttpStatusCode.FORBIDDEN ->
                        code.isBlank() || code.equals(ACCESS_DENIED)
                                ? Reason.ACCESS_DENIED
                                : code.equals("InvalidObjectState") ? Reason.ARCHIVED : Reason.OTHER;
                    default -> Reason.OTHER;
                };
        };
    }

    public Reason reason() {
        return reason;
    }

    /** The exception that the SDK threw. */
    public AwsServiceException answer() {
        return (AwsServiceException) getCause();
    }
}
