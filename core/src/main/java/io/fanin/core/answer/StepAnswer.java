package io.fanin.core.answer;

import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.table.TableName;
import java.util.Optional;

/** The answer of a step of a state machine: the output of its state, and of the execution that ends with it. */
public sealed interface StepAnswer {

    RunId run();

    /** An answer about one table. */
    sealed interface OfTable extends StepAnswer permits OfPass, TableCreatorAnswer {

        /** {@code database.table} */
        String table();
    }

    /** The work of a pass. */
    sealed interface OfPass extends OfTable permits DetectorAnswer, GateAnswer {

        /** The step that follows the state {@code Anything to process?}. */
        NextStep next();

        int partitions();

        int batches();
    }

    /** An answer about a run of all tables. */
    sealed interface OfAllTables extends StepAnswer permits TablesAnswer, TablesSummary {}

    /**
     * Reads the output of a state or an execution, which another version of the stack may have written: missing fields
     * are empty or 0, and unknown fields are ignored.
     *
     * @return empty if it is none of these answers, or this version cannot read it
     */
    static Optional<StepAnswer> find(String output) {
        return StepAnswerReader.find(output);
    }

    /** The table of such an output; empty if it names none. */
    static Optional<TableName> tableOf(String output) {
        return find(output)
                .filter(OfTable.class::isInstance)
                .map(answer -> ((OfTable) answer).table())
                .flatMap(TableName::find);
    }
}
