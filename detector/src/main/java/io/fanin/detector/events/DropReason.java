package io.fanin.detector.events;

/** Why an event reaches no inbox, although it is understood. */
enum DropReason {
    /** S3 tried whether it can reach the queue. */
    TEST_EVENT,
    /** No table's data comes in where the object lies. */
    NO_TABLE,
    /** The table whose data comes in there is detected in another way. */
    OTHER_MODE,
    /** It is no data of a partition: a hidden name, a folder's marker, or a name that the layout does not have. */
    NO_PARTITION
}
