package io.fanin.detector.events;

import io.fanin.model.spec.TableSpec;
import io.fanin.model.table.TableName;
import java.util.Optional;

/** A table whose data comes in at a location. */
sealed interface IndexedTable {

    TableName name();

    /**
     * One that takes events.
     *
     * @param specUri of its spec; empty if the catalog says everything
     * @param spec resolved
     */
    record Listening(TableName name, Optional<String> specUri, TableSpec spec) implements IndexedTable {}

    /** One that is detected in another way. */
    record OtherMode(TableName name) implements IndexedTable {}

    /** One that takes events, and whose spec does not go with what the catalog says. */
    record Broken(TableName name, String why) implements IndexedTable {}
}
