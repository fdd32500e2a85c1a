package io.fanin.tablecreator.notices;

import java.util.Locale;

/** The reasons for sending a notice. */
enum NoticeKind {
    /** The table has a problem and had none before. */
    NEW,
    /** The problem differs from that of the last notice. */
    CHANGED,
    /** The problem has been the same for another day. */
    REMINDER,
    /** The table no longer has a problem. */
    HEALED;

    /** The name in events and ids. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
