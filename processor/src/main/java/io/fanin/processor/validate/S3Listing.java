package io.fanin.processor.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One prefix's objects, a page of at most 1,000 in memory at a time. Keys are asked for URL-encoded, because XML cannot
 * carry every character that a key may have, and come back decoded by the SDK.
 */
final class S3Listing implements Iterator<ObjectSummary> {
    /** How often a page is asked for whose answer arrives cut short, which the SDK does not ask for again. */
    static final int ATTEMPTS = 3;

    private static final String CUT_SHORT = "Could not parse XML response";

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private Iterator<S3Object> page = Collections.emptyIterator();
    private String continuationToken;
    private boolean last;

    S3Listing(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && !last) {
            turn();
        }
        return page.hasNext();
    }

    @Override
    public ObjectSummary next() {
        if (!hasNext()) {
            throw new NoSuchElementException(name() + " holds no further objects");
        }
        S3Object object = page.next();
        return new ObjectSummary(object.key(), object.size(), object.eTag(), object.lastModified());
    }

    private void turn() {
        ListObjectsV2Response response = S3Failures.listing(name(), this::answer);
        page = response.contents().iterator();
        last = !Boolean.TRUE.equals(response.isTruncated());
        String next = response.nextContinuationToken();
        if (!last && (next == null || Objects.equals(next, continuationToken))) {
            throw new UncheckedIOException(
                    new IOException(name() + ": the listing has more pages and no token for the next one, try again"));
        }
        continuationToken = next;
    }

    private ListObjectsV2Response answer() {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .encodingType(EncodingType.URL)
                .continuationToken(continuationToken)
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return s3.listObjectsV2(request);
            } catch (SdkClientException e) {
                if (attempt == ATTEMPTS || !isCutShort(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isCutShort(SdkClientException e) {
        return e.getMessage() != null && e.getMessage().startsWith(CUT_SHORT);
    }

    private String name() {
        return "s3://" + bucket + "/" + Printable.key(prefix);
    }
}
