package io.fanin.model.cost;

import io.fanin.model.run.NextStep;

/**
 * Estimates the state transitions that Step Functions bills for a run: one for each state that a Standard workflow
 * enters, for each child execution that a Map in distributed mode starts, and for each redrive. Source: the developer
 * guide of Step Functions, "Transitions".
 */
public final class StateTransitions {

    /** Detect new partitions, Anything to process?, Nothing new (or another end). */
    private static final int NOTHING_NEW = 3;

    /** Detect new partitions, Anything to process?, Create table, Table complete?, Complete. */
    private static final int REGISTER = 5;

    /** The states of {@link #REGISTER}, and Fan out over partitions. */
    private static final int PROCESS = 6;

    /** For each child execution of Fan out over partitions: its start, and Process partition. */
    private static final int BY_FUNCTION = 2;

    /** Check processing, and Anything to process? a second time. */
    private static final int CHECK = 2;

    /** For each child execution of Fan out over Glue jobs: its start, preparation, choice, run and validation. */
    private static final int BY_JOB = 5;

    /** The redrive itself, Hold until redriven, and the states of {@link #REGISTER} but for the first. */
    private static final int REDRIVE = 1 + REGISTER;

    private StateTransitions() {}

    /**
     * The transitions of a run in which nothing fails and nothing is retried or redriven.
     *
     * @param next the step after detection, or after the check if there is one
     * @param isChecked whether there is a check
     */
    public static long estimate(NextStep next, boolean isChecked, int batches) {
        int check = isChecked ? CHECK : 0;
        return switch (next) {
            case PROCESS, PROCESS_BY_JOB -> check + PROCESS + ofBatches(next, batches);
            case REGISTER -> REGISTER;
            case NOTHING_NEW, PARTIAL, CHECK, CHECK_PLAN, PLANNED, BUSY -> NOTHING_NEW;
        };
    }

    /** The transitions of a redrive in which nothing fails: what was left is processed again, in these batches. */
    public static long ofRedrive(NextStep next, int batches) {
        return batches == 0 ? REDRIVE : REDRIVE + 1 + ofBatches(next, batches);
    }

    private static long ofBatches(NextStep next, int batches) {
        return (long) batches * (next == NextStep.PROCESS_BY_JOB ? BY_JOB : BY_FUNCTION);
    }
}
