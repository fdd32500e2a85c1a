package io.fanin.core.failure;

import java.io.IOException;
import java.util.List;

/** Distinguishes a full disk from other write failures. The JDK reports it only in the system's error message. */
public final class FullDisk {

    /** The messages for ENOSPC and EDQUOT on Linux and macOS. */
    private static final List<String> WORDS =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded");

    private FullDisk() {}

    public static boolean isCauseOf(Throwable failure) {
        return Causes.of(failure).stream()
                .filter(IOException.class::isInstance)
                .flatMap(cause -> Causes.messageOf(cause).stream())
                .anyMatch(message -> WORDS.stream().anyMatch(message::contains));
    }
}
