package io.fanin.tablecreator.notices;

import java.util.Locale;

/** Why a notice is sent. */
public enum NoticeKind {
    /** Nothing was wrong before. */
    NEW,
    /** Something else is wrong than in the last notice. */
    CHANGED,
    /** The same has been wrong for another day. */
    REMINDER,
    /** Nothing is wrong any more. */
    HEALED;

    /** The word for it in events and ids. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
