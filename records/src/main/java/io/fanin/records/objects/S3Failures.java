package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells what S3's refusals say about the data from what they say about the service; the latter pass unchanged. */
final class S3Failures {
    private static final int PRECONDITION_FAILED = 412;

    private S3Failures() {}

    /** @param name the object's, for messages: {@code s3://bucket/key} */
    static <T> T reading(ObjectSummary object, Supplier<String> name, Supplier<T> call) {
        try {
            return call.get();
        } catch (NoSuchKeyException e) {
            throw unsound(
                    Defect.VANISHED, object, name.get() + " was deleted while being read: run the partition again", e);
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
                throw unsound(
                        Defect.REPLACED,
                        object,
                        name.get() + " was replaced while being read: run the partition again",
                        e);
            }
            throw switch (code(e)) {
                case "AccessDenied" ->
                    unsound(
                            Defect.ACCESS_DENIED,
                            object,
                            name.get() + " may not be read: allow s3:GetObject, and kms:Decrypt on its key",
                            e);
                case "InvalidObjectState" ->
                    unsound(Defect.ARCHIVED, object, name.get() + " is archived: restore it before it can be read", e);
                default -> e;
            };
        }
    }

    private static UnsoundObjectException unsound(Defect defect, ObjectSummary object, String message, S3Exception e) {
        return new UnsoundObjectException(defect, object.key(), "object " + message, e);
    }

    private static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
