package io.fanin.statemachine.simulation;

/** How a table's partitions are made. */
enum ProcessingMode {
    /** The data is validated in place. */
    AS_IT_IS,

    /** A Glue job is run on the data where it is. */
    JOB_IN_PLACE,

    /** A Glue job copies the data of the source. */
    JOB_FROM_SOURCE;

    boolean isByJob() {
        return this != AS_IT_IS;
    }
}
