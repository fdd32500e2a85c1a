package io.fanin.core.s3;

import io.fanin.model.table.S3Location;
import io.fanin.model.text.LogSafe;
import io.fanin.model.text.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.TreeSet;

/**
 * Lists several partitions of a bucket, one after the other, with listings that continue from one into the next. A page
 * of at most 1,000 objects is in memory at a time. Not thread-safe.
 *
 * <p>A request begins at a partition that no page has reached yet, or continues within one in which a page has ended.
 * Objects between two partitions, however many, are skipped at the end of the page in which they begin. So no partition
 * takes more requests than a listing of its own would, unless its last object is by chance the last of a page. A
 * partition that is requested a second time, or not in the order of S3, is listed again, as is one that lies within
 * another: it failed when the table had another layout.
 */
public final class PartitionListings {

    /** Appended to a prefix, sorts after all other names that come before its slash. */
    private static final String LAST_BEFORE_SLASH = "." + Character.toString(Character.MAX_CODE_POINT);

    private final S3Pages pages;
    private final String bucket;
    private final NavigableSet<String> prefixes = new TreeSet<>(Utf8Order.INSTANCE);

    private Iterator<ListingPage> listing = Collections.emptyIterator();
    private List<ObjectSummary> page = List.of();
    private int next;

    /** The common prefix of all keys of the listing. */
    private String shared;

    private Listed latest;

    /** @param prefixes of the partitions, each ending in {@code /} */
    public PartitionListings(S3Pages pages, String bucket, Collection<String> prefixes) {
        this.pages = pages;
        this.bucket = bucket;
        this.prefixes.addAll(prefixes);
    }

    /**
     * All objects whose key begins with the prefix, in the order of S3; pages are requested when needed. The iterator
     * of the previous partition ends with this call.
     */
    public Iterator<ObjectSummary> list(String prefix) {
        if (!isAhead(prefix)) {
            begin(prefix);
        }
        latest = new Listed(prefix);
        return latest;
    }

    /**
     * Whether the page in memory, or the end of the listing, shows where the partition begins: it sorts after the
     * latest partition and does not lie within it, so that the latest one's objects all sort before.
     */
    private boolean isAhead(String prefix) {
        if (latest == null || !prefix.startsWith(shared) || prefix.startsWith(latest.prefix)) {
            return false;
        }
        String before = before(prefix);
        return Utf8Order.INSTANCE.compare(latest.prefix, before) <= 0 && (isAtItsEnd() || shows(before));
    }

    private boolean isAtItsEnd() {
        return !listing.hasNext();
    }

    private boolean shows(String key) {
        return !page.isEmpty() && Utf8Order.INSTANCE.compare(key, page.getLast().key()) <= 0;
    }

    private void begin(String prefix) {
        boolean isAlone = !prefixes.contains(prefix) || prefixes.last().equals(prefix);
        shared = isAlone ? prefix : shared(prefix, prefixes.last());
        listing = (isAlone
                        ? pages.deep(new S3Location(bucket, prefix))
                        : pages.deepAfter(bucket, shared, before(prefix)))
                .iterator();
        page = List.of();
        next = 0;
    }

    /** The last key that can sort before the partition's own: names such as {@code dt=2024-01-01.bak} do. */
    private static String before(String prefix) {
        String name = prefix.substring(0, prefix.length() - 1);
        String last = name + LAST_BEFORE_SLASH;
        return last.getBytes(StandardCharsets.UTF_8).length <= S3Location.MAX_KEY_BYTES ? last : name;
    }

    /** The common prefix of two keys. */
    private static String shared(String first, String last) {
        int same = 0;
        while (same < first.length() && same < last.length() && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        boolean isCutInTwo = same > 0 && Character.isHighSurrogate(first.charAt(same - 1));
        return first.substring(0, isCutInTwo ? same - 1 : same);
    }

    /** The objects of one partition. */
    private final class Listed implements Iterator<ObjectSummary> {
        private final String prefix;

        Listed(String prefix) {
            this.prefix = prefix;
        }

        /**
         * Whether there is another object; may request the next page from S3.
         *
         * @throws S3AccessException if access to the partition is refused
         */
        @Override
        public boolean hasNext() {
            if (this != latest) {
                throw new IllegalStateException("the listing of " + LogSafe.of(prefix)
                        + " was given up: expected each partition to be read before the next is listed");
            }
            while (true) {
                while (next < page.size() && liesBefore(page.get(next).key())) {
                    next++;
                }
                if (next < page.size() || isAtItsEnd()) {
                    return next < page.size() && page.get(next).key().startsWith(prefix);
                }
                page = listing.next().objects();
                next = 0;
            }
        }

        private boolean liesBefore(String key) {
            return Utf8Order.INSTANCE.compare(key, prefix) < 0;
        }

        @Override
        public ObjectSummary next() {
            if (!hasNext()) {
                throw new NoSuchElementException(
                        LogSafe.of("s3://" + bucket + "/" + prefix) + " holds no further objects");
            }
            return page.get(next++);
        }
    }
}
