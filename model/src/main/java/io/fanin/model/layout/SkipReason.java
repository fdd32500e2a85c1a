package io.fanin.model.layout;

/** Why a name below a table's location is not a partition. */
public enum SkipReason {
    /** It begins with {@code _} or {@code .}: query engines ignore such names, writers keep unfinished work there. */
    HIDDEN,
    /** It does not have the form that the layout has at this level. */
    NOT_IN_LAYOUT,
    /** It has the form, but its value is none that the key can hold: none of its type, or no time. */
    BAD_VALUE,
    /** An object that lies above the last key's level, so that it belongs to no partition. */
    MISSING_LEVEL,
    /** Another prefix has the same values, and it is unknown which is right. */
    CONFLICT,
    /** It contains only folder markers: nothing has been written yet. */
    EMPTY_FOLDER,
    /** It is empty again: the object named by an event was removed. */
    GONE,
    /** A prefix that an event has named and that is none of the table's, as its spec reads it now. */
    FOREIGN,
    /** An entry of the table's inbox that this version cannot read. */
    UNREADABLE;

    /** Whether somebody has written data under a name that the layout does not have. */
    public boolean isUnfit() {
        return switch (this) {
            case NOT_IN_LAYOUT, BAD_VALUE, MISSING_LEVEL -> true;
            case HIDDEN, CONFLICT, EMPTY_FOLDER, GONE, FOREIGN, UNREADABLE -> false;
        };
    }
}
