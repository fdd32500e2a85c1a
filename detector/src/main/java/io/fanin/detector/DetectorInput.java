package io.fanin.detector;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.detector.tables.TablesDetector;
import io.fanin.model.run.Execution;

/** The detector's input from a state machine; that of one table's has no action. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action", defaultImpl = DetectorInput.OneTable.class)
@JsonSubTypes(@JsonSubTypes.Type(value = DetectorInput.AllTables.class, name = "tables"))
sealed interface DetectorInput {

    /** Begin a run of one table. */
    record OneTable(Execution execution) implements DetectorInput {}

    /** Begin a run of all tables. */
    record AllTables(Execution execution, TablesDetector.Stack stack) implements DetectorInput {}
}
