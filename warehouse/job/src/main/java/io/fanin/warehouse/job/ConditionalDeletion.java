package io.fanin.warehouse.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes objects of a bucket only in the versions that were seen: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html">Conditional deletes</a>.
 */
record ConditionalDeletion(S3Client s3, String bucket) {

    /** The maximum number of objects in one request. */
    private static final int MOST = 1000;

    private static final String GONE = "NoSuchKey";
    private static final Set<String> CHANGED =
            Set.of("PreconditionFailed", "ConditionalRequestConflict", "OperationAborted");

    /**
     * Deletes objects that still have these ETags.
     *
     * @param etags by the objects' keys
     * @return whether all of them are gone; false if one was written again meanwhile, which is kept
     * @throws IllegalStateException if S3 refuses to delete one
     */
    boolean delete(Map<String, String> etags) {
        List<ObjectIdentifier> objects = etags.entrySet().stream()
                .map(object -> ObjectIdentifier.builder()
                        .key(object.getKey())
                        .eTag(object.getValue())
                        .build())
                .toList();
        List<S3Error> errors = new ArrayList<>();
        for (int from = 0; from < objects.size(); from += MOST) {
            List<ObjectIdentifier> some = objects.subList(from, Math.min(objects.size(), from + MOST));
            errors.addAll(s3.deleteObjects(request -> request.bucket(bucket)
                            .delete(these -> these.objects(some).quiet(true)))
                    .errors());
        }
        errors.removeIf(error -> error.code().equals(GONE));
        for (S3Error error : errors) {
            if (!CHANGED.contains(error.code())) {
                throw new IllegalStateException("s3://" + bucket + "/" + error.key() + " could not be deleted: "
                        + error.code() + ": " + error.message());
            }
        }
        return errors.isEmpty();
    }
}
