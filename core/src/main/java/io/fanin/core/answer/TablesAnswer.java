package io.fanin.core.answer;

import io.fanin.model.run.RunId;

/**
 * The detector's answer to the state machine of all tables.
 *
 * @param items key in the state bucket
 * @param tables the number of items
 * @param leftOut the number of tables and specs that are left out
 */
public record TablesAnswer(RunId run, Next next, String items, int tables, int leftOut)
        implements StepAnswer.OfAllTables {

    /** The step that follows the state {@code Any tables?}. */
    public enum Next {
        /** The Map over the tables. */
        RUN,
        /** The end: there is no table to run. */
        NOTHING,
        /** The end of a dry run, which only selects the tables. */
        PLANNED
    }
}
