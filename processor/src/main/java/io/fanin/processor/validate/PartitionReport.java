package io.fanin.processor.validate;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What reading one partition showed. */
public sealed interface PartitionReport {
    /**
     * Every data object can be read.
     *
     * @param files data objects, 1 or more
     * @param bytes their sizes as stored, summed
     * @param rows records in all of them; empty for Parquet, whose footers are not decoded here. Blank lines of JSON
     *     are not counted, though Trino shows each as a row of NULLs
     * @param newest when the newest data object was written
     * @param inventoryHash 64 lower-case hex digits that change when a data object comes, goes or is written again;
     *     see {@link Inventory}
     */
    record Sound(long files, long bytes, OptionalLong rows, Instant newest, String inventoryHash)
            implements PartitionReport {
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        public Sound {
            Objects.requireNonNull(newest, "newest");
            if (files < 1 || bytes < 0 || rows.orElse(0) < 0) {
                throw new IllegalArgumentException(
                        "files %d, bytes %d, rows %s: expected at least one file and no".formatted(files, bytes, rows)
                                + " negative number");
            }
            if (!HASH.matcher(inventoryHash).matches()) {
                throw new IllegalArgumentException(
                        "inventory hash '%s': expected 64 lower-case hex digits".formatted(inventoryHash));
            }
        }
    }

    /**
     * The first thing found that keeps the partition from being read.
     *
     * @param message for people: names the object, what was expected and what to do; without control characters
     * @param objectKey the unsound object's whole key; empty where the partition as a whole is meant
     */
    record Unsound(Defect defect, String message, String objectKey) implements PartitionReport {
        public Unsound {
            Objects.requireNonNull(defect, "defect");
            Objects.requireNonNull(objectKey, "objectKey");
            if (message.isBlank()) {
                throw new IllegalArgumentException("a report of " + defect + " needs a message");
            }
        }

        /** The defect's stable word, such as {@code Truncated}. */
        public String errorType() {
            return defect.errorType();
        }
    }
}
