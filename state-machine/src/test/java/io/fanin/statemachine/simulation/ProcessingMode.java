package io.fanin.statemachine.simulation;

/** The way in which a table's partitions are made. */
enum ProcessingMode {
    /** The data is validated in place. */
    AS_IT_IS,

    /** A Glue job processes the data in place. */
    JOB_IN_PLACE,

    /** A Glue job copies the data of the source. */
    JOB_FROM_SOURCE,

    /** The data of the source is converted; each conversion of a partition is a version of it. */
    CONVERTED;

    boolean isByJob() {
        return this == JOB_IN_PLACE || this == JOB_FROM_SOURCE;
    }

    /** Whether raw data and table have different locations. */
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
