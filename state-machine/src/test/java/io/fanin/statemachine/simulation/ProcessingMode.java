package io.fanin.statemachine.simulation;

/** Who makes a table's partitions, and of what. */
enum ProcessingMode {
    /** The data stays as it is, and the processor looks at it. */
    AS_IT_IS,

    /** A Glue job is run on the data where it is. */
    JOB_IN_PLACE,

    /** A Glue job copies the data of the source. */
    JOB_FROM_SOURCE;

    boolean isByJob() {
        return this != AS_IT_IS;
    }
}
