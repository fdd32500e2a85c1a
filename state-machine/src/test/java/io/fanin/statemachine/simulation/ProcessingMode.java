package io.fanin.statemachine.simulation;

/** How a table's partitions are made. */
enum ProcessingMode {
    /** The data is validated in place. */
    AS_IT_IS,

    /** A Glue job is run on the data where it is. */
    JOB_IN_PLACE,

    /** A Glue job copies the data of the source. */
    JOB_FROM_SOURCE,

    /** The data of the source is converted, and each making of a partition is a version of it. */
    CONVERTED;

    boolean isByJob() {
        return this == JOB_IN_PLACE || this == JOB_FROM_SOURCE;
    }

    /** Whether the raw data lies elsewhere than the table. */
    boolean hasSource() {
        return this == JOB_FROM_SOURCE || this == CONVERTED;
    }

    boolean makesPartitions() {
        return this != AS_IT_IS;
    }

    boolean makesVersions() {
        return this == CONVERTED;
    }
}
