package io.fanin.core.answer;

import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import java.util.Optional;

/** What a step of a state machine has answered: the output of its state, and of the execution that ends with it. */
public sealed interface StepAnswer {

    RunId run();

    /** About one table. */
    sealed interface OfTable extends StepAnswer permits OfPass, TableCreatorAnswer {

        /** {@code database.table} */
        String table();
    }

    /** What a pass has to do. */
    sealed interface OfPass extends OfTable permits DetectorAnswer, GateAnswer {

        int pass();

        /** Where the state {@code Anything to process?} leads. */
        NextStep next();

        int partitions();

        int batches();
    }

    /** About a run of all tables. */
    sealed interface OfAllTables extends StepAnswer permits TablesAnswer, TablesSummary {}

    /**
     * Reads the output of a state or an execution, which may be of another version of the stack: fields that it lacks
     * are empty or 0, and those that this version does not know are ignored.
     *
     * @return empty where it is none of these answers, or one that this version cannot read
     */
    static Optional<StepAnswer> find(String output) {
        return StepAnswerReader.find(output);
    }
}
