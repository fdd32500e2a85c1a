package io.fanin.model.layout;

/**
 * A name in S3 that is not a partition, as reported by a detection.
 *
 * @param prefix the raw key or prefix
 * @param detail the actual and the expected form, for a person to read
 */
public record Skip(String prefix, SkipReason reason, String detail) {

    /**
     * The beginning of the detail of a {@link SkipReason#CONFLICT}; the other prefix follows, and whether it is
     * registered.
     */
    public static final String SAME_VALUES = "means the same values as ";

    /**
     * The beginning of the detail of a {@link SkipReason#CONFLICT} of a folder that is registered under other values
     * than those that the layout reads; these values follow.
     */
    public static final String TAKEN = "is registered by another tool as ";

    /** The beginning of the detail of one whose partition another tool has at another location, which follows. */
    public static final String APART = "is registered by another tool at ";

    /** The beginning of the detail of one whose partition the catalog has in two spellings, which follow. */
    public static final String TWICE = "is in the catalog twice, as ";

    /** The reason for a person to read: the detail, or the reason's name if there is no detail. */
    public String why() {
        return detail.isEmpty() ? reason.name() : detail;
    }
}
