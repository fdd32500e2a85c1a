package io.fanin.tablecreator.notices;

import java.util.Locale;

/** The format of a topic's messages. */
public enum NoticeFormat {
    /** Text, for mail. */
    TEXT {
        @Override
        String written(Notice notice) {
            return NoticeText.of(notice);
        }
    },
    /** JSON for Amazon Q Developer in chat applications. */
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
     * @throws IllegalArgumentException if it is none of them
     */
    static NoticeFormat of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
