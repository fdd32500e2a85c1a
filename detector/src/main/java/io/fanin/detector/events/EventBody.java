package io.fanin.detector.events;

import java.util.List;

/** The content of a queue message's body. */
sealed interface EventBody {

    /**
     * Objects of which S3 tells; at least one.
     *
     * @param objects that were created, changed or deleted
     * @param expired that a lifecycle rule of the bucket has deleted
     */
    record Touched(List<S3ObjectName> objects, List<S3ObjectName> expired) implements EventBody {
        public Touched {
            objects = List.copyOf(objects);
            expired = List.copyOf(expired);
        }
    }

    /** S3's test whether it can reach the queue. */
    record TestEvent() implements EventBody {}

    /** It is not an event of S3, or is malformed. */
    record Unreadable(String why) implements EventBody {}
}
