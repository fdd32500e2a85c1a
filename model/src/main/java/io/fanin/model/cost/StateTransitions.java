package io.fanin.model.cost;

import io.fanin.model.run.NextStep;

/**
 * Estimates the state transitions that Step Functions bills for a run: one for each state that a Standard workflow
 * enters.
 */
public final class StateTransitions {

    /** Detect new partitions, Anything to process?, Nothing new (or another end). */
    private static final int NOTHING_NEW = 3;

    /** Detect new partitions, Anything to process?, Create table, Table complete?, Complete. */
    private static final int REGISTER = 5;

    /**
     * The states of {@link #REGISTER}, and Fan out over partitions; in each of its child executions, Process partition.
     */
    private static final int PROCESS = 6;

    /** Check processing, and Anything to process? a second time. */
    private static final int CHECK = 2;

    /** In each child execution of Fan out over Glue jobs: preparation, choice, run and validation. */
    private static final int BY_JOB = 4;

    /** Create table, Table complete?, Complete (or another end). */
    private static final int CREATE_TABLE = 3;

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
            case PROCESS -> check + PROCESS + batches;
            case PROCESS_BY_JOB -> check + PROCESS + (long) BY_JOB * batches;
            case REGISTER -> REGISTER;
            case NOTHING_NEW, PARTIAL, CHECK, CHECK_PLAN, PLANNED, BUSY -> NOTHING_NEW;
        };
    }

    /**
     * The transitions of a redrive in which nothing fails: the batches that failed run again, and the states after the
     * Map.
     */
    public static long ofRedrive(NextStep next, int batches) {
        return CREATE_TABLE + (next == NextStep.PROCESS_BY_JOB ? (long) BY_JOB : 1) * batches;
    }
}
