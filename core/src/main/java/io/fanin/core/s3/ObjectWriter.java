package io.fanin.core.s3;

import io.fanin.model.text.LogSafe;
import java.util.Optional;

/** The writer of the object at a key. */
public sealed interface ObjectWriter {

    /** There is no object. */
    record Nobody() implements ObjectWriter {}

    /**
     * The table itself, in any run, or the table that it takes over.
     *
     * @param etag of the present object
     */
    record ThisTable(String etag) implements ObjectWriter {}

    /**
     * Another writer.
     *
     * @param table that the object names; empty if it names none
     */
    record Another(Optional<String> table) implements ObjectWriter {

        @Override
        public String toString() {
            return table.map(name -> "written for " + LogSafe.beginning(name, 300))
                    .orElse("which names no table");
        }
    }
}
