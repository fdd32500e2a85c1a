package io.fanin.core.s3;

import io.fanin.core.text.LogSafe;
import java.util.Optional;

/** Who wrote what lies under a key. */
public sealed interface ObjectWriter {

    /** Nothing lies there. */
    record Nobody() implements ObjectWriter {}

    /**
     * The table itself, in whichever run, or the one that it takes over.
     *
     * @param etag of the object as it is
     */
    record ThisTable(String etag) implements ObjectWriter {}

    /**
     * Somebody else.
     *
     * @param table that the object says; empty where it says none
     */
    record Another(Optional<String> table) implements ObjectWriter {

        @Override
        public String toString() {
            return table.map(name -> "written for " + LogSafe.beginning(name, 300))
                    .orElse("which names no table");
        }
    }
}
