package io.fanin.core.answer;

import io.fanin.model.run.RunId;

/**
 * What the detector hands to the state machine of all tables.
 *
 * @param items key in the state bucket
 * @param tables how many items there are
 * @param leftOut how many tables and specs are left out
 */
public record TablesAnswer(RunId run, Next next, String items, int tables, int leftOut)
        implements StepAnswer.OfAllTables {

    /** Where the state {@code Any tables?} leads. */
    public enum Next {
        /** To the Map. */
        RUN,
        /** To the end: no table is meant. */
        NOTHING,
        /** To the end: the tables were only to be chosen. */
        PLANNED
    }
}
