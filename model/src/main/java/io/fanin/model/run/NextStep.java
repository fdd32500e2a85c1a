package io.fanin.model.run;

import io.fanin.model.spec.ProcessorSpec;
import io.fanin.model.spec.TableSpec;

/** Where the state {@code Anything to process?} leads. */
public enum NextStep {
    /** To a check for problems that would affect all partitions alike, before any of them is processed. */
    CHECK,
    /** The same for a run that only plans. */
    CHECK_PLAN,
    /** To the Map whose items a Lambda function processes. */
    PROCESS,
    /** To the Map whose items a job of another service processes. */
    PROCESS_BY_JOB,
    /** Straight to Create table: nothing is left to process, but the table has to be corrected. */
    REGISTER,
    /** To the end: the table is up to date. */
    NOTHING_NEW,
    /** To the end: the table is partial, and this run has nothing to process. */
    PARTIAL,
    /** To the end: the run was asked for a plan, and has written it. */
    PLANNED,
    /** To the end, untouched: another execution is working on the table. */
    BUSY;

    /** Whether the run ends without having changed anything about the table. */
    public boolean changesNothing() {
        return this == NOTHING_NEW || this == PARTIAL;
    }

    /** The first step of a pass that has something to process. */
    public static NextStep toBegin(TableSpec spec) {
        return spec.processorOrDefault().needsCheck() ? CHECK : toProcess(spec);
    }

    /** The first step of a run that only plans, whatever it has found: its spec is checked in any case. */
    public static NextStep toPlan(TableSpec spec) {
        return spec.processorOrDefault().needsCheck() ? CHECK_PLAN : PLANNED;
    }

    /** Where a pass is processed, once nothing is wrong. */
    public static NextStep toProcess(TableSpec spec) {
        return spec.processorOrDefault() instanceof ProcessorSpec.Job ? PROCESS_BY_JOB : PROCESS;
    }
}
