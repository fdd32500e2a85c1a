package io.fanin.model.run;

import io.fanin.model.spec.processor.ProcessorSpec;

/**
 * The detector's or the gate's decision on how the execution continues: the choice of the state {@code Anything to
 * process?}.
 */
public enum NextStep {
    /** A check for problems that would affect all partitions alike, before any of them is processed. */
    CHECK,
    /** The same check for a dry run. */
    CHECK_PLAN,
    /** The Map whose items a Lambda function processes. */
    PROCESS,
    /** The Map whose items a job of another service processes. */
    PROCESS_BY_JOB,
    /** Directly to Create table: there is nothing to process, but the table has to be corrected. */
    REGISTER,
    /** The end: the table is up to date. */
    NOTHING_NEW,
    /** The end: the table is partial, and this run has nothing to process. */
    PARTIAL,
    /** The end of a dry run, whose plan is written. */
    PLANNED,
    /** The end, without any change: another execution holds the table's lease. */
    BUSY;

    /** Whether the run ends because it has found nothing to do, whatever the table's state. */
    public boolean endsWithoutWork() {
        return this == NOTHING_NEW || this == PARTIAL;
    }

    /**
     * The first step of a pass that begins.
     *
     * @param partitions in its manifest
     */
    public static NextStep toBegin(ProcessorSpec processor, int partitions) {
        if (partitions == 0) {
            return REGISTER;
        }
        return processor.needsCheck() ? CHECK : toProcess(processor);
    }

    /** The first step of a dry run: the spec is checked even if there is nothing to process. */
    public static NextStep toPlan(ProcessorSpec processor) {
        return processor.needsCheck() ? CHECK_PLAN : PLANNED;
    }

    /** The step that processes a pass once its spec has been checked. */
    public static NextStep toProcess(ProcessorSpec processor) {
        return processor instanceof ProcessorSpec.Job ? PROCESS_BY_JOB : PROCESS;
    }
}
