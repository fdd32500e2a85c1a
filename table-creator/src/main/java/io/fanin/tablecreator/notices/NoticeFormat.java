package io.fanin.tablecreator.notices;

import java.util.Locale;

/** How a topic's messages are written. */
public enum NoticeFormat {
    /** As text, for mail. */
    TEXT {
        @Override
        String written(Notice notice) {
            return NoticeText.of(notice);
        }
    },
    /** As JSON for Amazon Q Developer in chat applications. */
    CHAT {
        @Override
        String written(Notice notice) {
            return ChatNotice.of(notice);
        }
    };

    abstract String written(Notice notice);

    /**
     * Reads the stack's parameter.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static NoticeFormat of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
