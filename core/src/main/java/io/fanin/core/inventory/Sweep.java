package io.fanin.core.inventory;

import io.fanin.core.s3.ListingPage;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.table.S3Location;
import io.fanin.core.text.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * Reads several partitions of a bucket in the order of their keys, with listings that go on from one into the next.
 *
 * <p>A request begins at a partition that no page has come to yet, or goes on within one in which a page has ended. What
 * lies between two partitions, however much it is, is passed over at the end of the page in which it begins. So no
 * partition takes more requests than a listing of its own would, unless its last object is by chance the last of a page.
 */
final class Sweep {

    /** S3: the most bytes of UTF-8 of a key, and so of what a listing begins after. */
    private static final int MAX_KEY = 1024;

    /** What no name can continue that comes before a slash. */
    private static final String LAST_BEFORE_SLASH = "." + Character.toString(Character.MAX_CODE_POINT);

    private final S3Pages pages;
    private final S3Location folder;
    private final List<Look> looks;
    private int current;

    /** @param looks at least one; each partition once, in the order of S3, none of them within another */
    Sweep(S3Pages pages, String bucket, List<Look> looks) {
        this.pages = pages;
        this.folder = new S3Location(
                bucket, sharedFolder(looks.getFirst().prefix(), looks.getLast().prefix()));
        this.looks = looks;
    }

    void run() {
        if (looks.size() == 1) {
            read(pages.deep(folder).iterator());
            return;
        }
        while (current < looks.size()) {
            read(pages.deepAfter(folder, before(looks.get(current))).iterator());
        }
    }

    /** Reads on until the listing has ended, or it is as cheap to begin another one at the current partition. */
    private void read(Iterator<ListingPage> listing) {
        boolean goesOn = true;
        while (goesOn) {
            List<ObjectSummary> page = listing.next().objects();
            page.forEach(this::take);
            if (!listing.hasNext()) {
                current = looks.size();
            }
            goesOn = current < looks.size()
                    && (page.isEmpty() || goesOnAfter(page.getLast().key()));
        }
    }

    private void take(ObjectSummary object) {
        while (current < looks.size() && liesBehind(object.key(), looks.get(current))) {
            current++;
        }
        if (current < looks.size() && looks.get(current).holds(object.key())) {
            looks.get(current).at(object);
        }
    }

    private boolean goesOnAfter(String key) {
        Look look = looks.get(current);
        if (!look.holds(key)) {
            return Utf8Order.INSTANCE.compare(before(look), key) <= 0;
        }
        if (look.isOver()) {
            current++;
        }
        return !look.isOver();
    }

    private static boolean liesBehind(String key, Look look) {
        return !look.holds(key) && Utf8Order.INSTANCE.compare(key, look.prefix()) > 0;
    }

    /** The last key that can come before the partition's own: names such as {@code dt=2024-01-01.bak} lie before it. */
    private static String before(Look look) {
        String name = look.prefix().substring(0, look.prefix().length() - 1);
        String last = name + LAST_BEFORE_SLASH;
        return last.getBytes(StandardCharsets.UTF_8).length <= MAX_KEY ? last : name;
    }

    /** The deepest folder that holds both. */
    private static String sharedFolder(String first, String last) {
        int same = 0;
        int shared = 0;
        while (same < first.length() && same < last.length() && first.charAt(same) == last.charAt(same)) {
            same++;
            if (first.charAt(same - 1) == '/') {
                shared = same;
            }
        }
        return first.substring(0, shared);
    }
}
