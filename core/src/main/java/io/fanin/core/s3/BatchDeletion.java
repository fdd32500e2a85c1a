package io.fanin.core.s3;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes many objects of a bucket with few requests. S3 answers these with success even if some objects were not
 * deleted.
 */
record BatchDeletion(S3Client s3, String bucket) {

    /**
     * The maximum number of objects in <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html">one request</a>.
     */
    private static final int MAX_DELETES = 1000;

    /** Deletes the objects, and returns S3's errors for those that were not deleted. */
    List<S3Error> delete(List<ObjectIdentifier> objects) {
        List<S3Error> errors = new ArrayList<>();
        for (int from = 0; from < objects.size(); from += MAX_DELETES) {
            List<ObjectIdentifier> some = objects.subList(from, Math.min(objects.size(), from + MAX_DELETES));
            errors.addAll(s3.deleteObjects(request -> request.bucket(bucket)
                            .delete(these -> these.objects(some).quiet(true)))
                    .errors());
        }
        return errors;
    }
}
