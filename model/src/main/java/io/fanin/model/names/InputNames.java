package io.fanin.model.names;

/** The fields that an execution's input may have instead of a spec, or beside one. */
public final class InputNames {

    /** The name of the execution whose outstanding partitions are processed. */
    public static final String REDRIVE_OF = "redriveOf";

    /** The partitions that are waived, and those whose waivers end. */
    public static final String WAIVE = "waive";

    public static final String UNWAIVE = "unwaive";

    /** Whether the execution only plans. */
    public static final String DRY_RUN = "dryRun";

    private InputNames() {}
}
