package io.fanin.tablecreator.versions;

import io.fanin.model.table.S3Location;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The last note of each superseded version. The notes are read on first use, and once in a pass, also if that fails.
 */
final class LastNotes {

    private final Supplier<Map<S3Location, String>> notes;
    private Map<S3Location, String> keys;
    private RuntimeException failure;

    /** @param notes reads the key of the last note, by the folder of the version */
    LastNotes(Supplier<Map<S3Location, String>> notes) {
        this.notes = notes;
    }

    /** Whether a note after this one names the version. */
    boolean isNamedAfter(String key, S3Location folder) {
        if (failure != null) {
            throw failure;
        }
        if (keys == null) {
            try {
                keys = notes.get();
            } catch (SdkException | UncheckedIOException e) {
                failure = e;
                throw e;
            }
        }
        return keys.getOrDefault(folder, "").compareTo(key) > 0;
    }
}
