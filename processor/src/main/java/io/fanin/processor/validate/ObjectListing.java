package io.fanin.processor.validate;

import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.table.S3Location;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One prefix's objects, a page of at most 1,000 in memory at a time. */
final class ObjectListing implements Iterator<ObjectSummary> {
    private final S3Location prefix;
    private final Iterator<ListObjectsV2Response> pages;
    private Iterator<S3Object> page = Collections.emptyIterator();

    ObjectListing(S3Pages pages, S3Location prefix) {
        this.prefix = prefix;
        this.pages = pages.deep(prefix).iterator();
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && pages.hasNext()) {
            page = nextPage();
        }
        return page.hasNext();
    }

    @Override
    public ObjectSummary next() {
        if (!hasNext()) {
            throw new NoSuchElementException(Printable.key(prefix.uri()) + " holds no further objects");
        }
        S3Object object = page.next();
        return new ObjectSummary(object.key(), object.size(), object.eTag(), object.lastModified());
    }

    private Iterator<S3Object> nextPage() {
        try {
            return pages.next().contents().iterator();
        } catch (S3AccessException e) {
            if (e.getCause() instanceof NoSuchBucketException) {
                throw e;
            }
            throw new UnsoundObjectException(Defect.ACCESS_DENIED, "", e.getMessage(), e);
        }
    }
}
