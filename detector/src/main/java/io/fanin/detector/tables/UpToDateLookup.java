package io.fanin.detector.tables;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.UpToDateTable;
import io.fanin.core.tables.KnownTable;
import java.time.Instant;
import java.util.Optional;

/** Finds tables for which a run would have nothing to do; read-only. */
public interface UpToDateLookup {

    /**
     * The table, if an execution with this input would find nothing to do and change nothing.
     *
     * @param input of the execution
     * @param time the run's reference time
     * @param limit run before each page that is listed; throws to give up
     * @return empty if the execution has something to do, or that is not known
     * @throws RuntimeException if the table cannot be read
     */
    Optional<UpToDateTable> upToDate(KnownTable table, ObjectNode input, Instant time, Runnable limit);
}
