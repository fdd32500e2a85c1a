package io.fanin.core.retry;

import java.io.IOException;
import java.util.List;

/** Tells a disk that is full from other failures to write. The JDK has no other sign of it than the system's words. */
public final class FullDisk {

    /** ENOSPC and EDQUOT, as Linux and macOS say them. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded");

    private FullDisk() {}

    /** Whether it is what a failure comes from. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof IOException && WORDS.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }
}
