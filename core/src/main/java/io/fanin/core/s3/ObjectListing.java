package io.fanin.core.s3;

import io.fanin.core.table.S3Location;
import io.fanin.core.text.LogSafe;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** One prefix's objects, a page of at most 1,000 in memory at a time; a page is asked for when it is needed. */
public final class ObjectListing implements Iterator<ObjectSummary> {
    private final S3Location prefix;
    private final Iterator<ListingPage> pages;
    private Iterator<ObjectSummary> page = Collections.emptyIterator();

    public ObjectListing(S3Pages pages, S3Location prefix) {
        this.prefix = prefix;
        this.pages = pages.deep(prefix).iterator();
    }

    /**
     * Whether there is another object; may ask S3 for the next page.
     *
     * @throws io.fanin.core.s3.S3AccessException when S3 does not show the prefix
     */
    @Override
    public boolean hasNext() {
        while (!page.hasNext() && pages.hasNext()) {
            page = pages.next().objects().iterator();
        }
        return page.hasNext();
    }

    @Override
    public ObjectSummary next() {
        if (!hasNext()) {
            throw new NoSuchElementException(LogSafe.of(prefix.uri()) + " holds no further objects");
        }
        return page.next();
    }
}
