package io.fanin.detector;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fanin.detector.tables.TablesDetector;
import io.fanin.model.run.Execution;
import java.util.Optional;

/** The detector's input from a state machine; that of one table's has no action. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action", defaultImpl = DetectorInput.OneTable.class)
@JsonSubTypes(@JsonSubTypes.Type(value = DetectorInput.AllTables.class, name = "tables"))
sealed interface DetectorInput {

    /** Begin a run of one table. */
    record OneTable(Execution execution) implements DetectorInput {}

    /**
     * Begin a run of all tables.
     *
     * @param sumsUpAtOnce whether the definition knows {@link io.fanin.core.answer.TablesAnswer.Next#SUM_UP}; absent if
     *     it is older
     */
    record AllTables(Execution execution, TablesDetector.Stack stack, Optional<Boolean> sumsUpAtOnce)
            implements DetectorInput {}
}
