package io.fanin.model.layout;

/**
 * A name that is not taken for a partition.
 *
 * @param prefix the raw key or prefix
 * @param detail what was found and what was expected, for a person to read
 */
public record Skip(String prefix, SkipReason reason, String detail) {

    /** Why, for a person to read: the detail, or the reason where there is none. */
    public String why() {
        return detail.isEmpty() ? reason.name() : detail;
    }
}
