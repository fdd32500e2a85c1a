package io.fanin.core.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks S3 when lifecycle rules delete objects. */
record ObjectExpiry(S3Client s3) {

    /**
     * The header {@code x-amz-expiration} of <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>.
     */
    private static final Pattern EXPIRY_DATE = Pattern.compile("expiry-date=\"([^\"]*)\"");

    /**
     * When a rule will delete an object, or was to delete it, at a midnight in UTC; empty if no rule does, if S3
     * refuses to tell, or if the object is gone.
     */
    Optional<Instant> of(String bucket, String key) {
        try {
            return Optional.ofNullable(
                            s3.headObject(request -> request.bucket(bucket).key(key))
                                    .expiration())
                    .flatMap(ObjectExpiry::date);
        } catch (S3Exception e) {
            if (ObjectRefusedException.of(e) instanceof ObjectRefusedException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<Instant> date(String header) {
        Matcher date = EXPIRY_DATE.matcher(header);
        if (!date.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.group(1), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
