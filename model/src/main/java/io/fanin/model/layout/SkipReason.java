package io.fanin.model.layout;

/** The reasons why a name below a table's location is not a partition. */
public enum SkipReason {
    /**
     * It begins with {@code _} or {@code .}: query engines ignore such names, and writers keep unfinished work under
     * them.
     */
    HIDDEN,
    /** It does not have the form that the layout requires at this level. */
    NOT_IN_LAYOUT,
    /** It has the form, but its value is not valid for the key's type, or not a valid time. */
    BAD_VALUE,
    /** An object that lies above the last key's level, so that it belongs to no partition. */
    MISSING_LEVEL,
    /**
     * Another prefix has the same values, and it is unknown which is right; or what the catalog has of it contradicts
     * the layout.
     */
    CONFLICT,
    /** It contains only folder markers: nothing has been written yet. */
    EMPTY_FOLDER,
    /** It is empty again: the object named by an event was removed. */
    GONE,
    /**
     * A prefix from an event that does not belong to the table as its spec now defines it, or a partition that another
     * tool has registered with a SerDe of its own.
     */
    FOREIGN,
    /** An entry of the table's inbox that this version cannot read. */
    UNREADABLE;

    /** Whether data was written under a name that does not fit the layout. */
    public boolean isUnfit() {
        return switch (this) {
            case NOT_IN_LAYOUT, BAD_VALUE, MISSING_LEVEL -> true;
            case HIDDEN, CONFLICT, EMPTY_FOLDER, GONE, FOREIGN, UNREADABLE -> false;
        };
    }
}
