package io.fanin.core.layout;

/** Why a name below a table's location is no partition. */
public enum SkipReason {
    /** It begins with {@code _} or {@code .}: query engines ignore such names, writers keep unfinished work there. */
    HIDDEN,
    /** It does not have the form that the layout has at this level. */
    NOT_IN_LAYOUT,
    /** It has the form, but its value is none that the key can hold: none of its type, or no time. */
    BAD_VALUE,
    /** An object that lies above the last key's level, so that it belongs to no partition. */
    MISSING_LEVEL,
    /** Another prefix means the same values, and nobody can say which is right. */
    CONFLICT,
    /** Nothing lies in it but markers of folders: nobody has written anything yet. */
    EMPTY_FOLDER,
    /** Nothing lies in it any more: what an event names was removed again. */
    GONE,
    /** A prefix that an event has named and that is none of the table's, as its spec reads it now. */
    FOREIGN,
    /** An entry of the table's inbox that this version cannot read. */
    UNREADABLE
}
