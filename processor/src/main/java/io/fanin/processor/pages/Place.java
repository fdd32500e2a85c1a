package io.fanin.processor.pages;

import io.fanin.processor.validate.Defect;
import io.fanin.processor.validate.Printable;
import io.fanin.processor.validate.UnsoundObjectException;

/**
 * A place in an object, for people.
 *
 * @param name what of the object
 */
record Place(String key, String name) {

    Place column(Leaf leaf) {
        return new Place(key, "column '%s', %s".formatted(Printable.detail(leaf.path()), name));
    }

    Place page(long at) {
        return new Place(key, "%s, page at byte %d".formatted(name, at));
    }

    /** The place is not what others of the object's headers say. */
    UnsoundObjectException corrupt(String what) {
        return new UnsoundObjectException(
                Defect.CORRUPT,
                key,
                "object %s is corrupt: %s %s; write it again".formatted(Printable.key(key), name, what));
    }
}
