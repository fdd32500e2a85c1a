package io.fanin.core.s3;

import io.fanin.core.table.S3Location;
import io.fanin.core.text.OneLine;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One prefix's objects, a page of at most 1,000 in memory at a time; a page is asked for when it is needed. */
public final class ObjectListing implements Iterator<ObjectSummary> {
    private final S3Location prefix;
    private final Iterator<List<ObjectSummary>> pages;
    private Iterator<ObjectSummary> page = Collections.emptyIterator();

    public ObjectListing(S3Pages pages, S3Location prefix) {
        this.prefix = prefix;
        this.pages = pages(pages, prefix);
    }

    /** All pages of a prefix. */
    public static Iterator<List<ObjectSummary>> pages(S3Pages pages, S3Location prefix) {
        return objects(pages.deep(prefix).iterator());
    }

    /** The pages of what comes after a key. */
    public static Iterator<List<ObjectSummary>> pagesAfter(S3Pages pages, S3Location prefix, String key) {
        return objects(pages.deepAfter(prefix, key).iterator());
    }

    /**
     * Whether there is another object; may ask S3 for the next page.
     *
     * @throws io.fanin.core.s3.S3AccessException when S3 does not show the prefix
     */
    @Override
    public boolean hasNext() {
        while (!page.hasNext() && pages.hasNext()) {
            page = pages.next().iterator();
        }
        return page.hasNext();
    }

    @Override
    public ObjectSummary next() {
        if (!hasNext()) {
            throw new NoSuchElementException(OneLine.of(prefix.uri()) + " holds no further objects");
        }
        return page.next();
    }

    private static Iterator<List<ObjectSummary>> objects(Iterator<ListObjectsV2Response> pages) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return pages.hasNext();
            }

            @Override
            public List<ObjectSummary> next() {
                return pages.next().contents().stream()
                        .map(ObjectListing::summary)
                        .toList();
            }
        };
    }

    private static ObjectSummary summary(S3Object object) {
        return new ObjectSummary(object.key(), object.size(), object.eTag(), object.lastModified());
    }
}
