package io.fanin.detector.events;

/** The reasons for which a valid event reaches no inbox. */
enum DropReason {
    /** S3's test whether it can reach the queue. */
    TEST_EVENT,
    /** No table's data arrives in the object's folder. */
    NO_TABLE,
    /** The table whose data arrives there has another detection mode. */
    OTHER_MODE,
    /** It is not a partition's data: a hidden name, a folder marker, or a name that does not fit the layout. */
    NO_PARTITION,
    /**
     * A lifecycle rule of the bucket has deleted it: what was made of raw data does not expire with it, and of a part
     * of it no partition is made again.
     */
    EXPIRED
}
