package io.fanin.detector.events;

import java.util.List;

/** The content of a queue message's body. */
sealed interface EventBody {

    /** These objects were created, changed or deleted; at least one. */
    record Touched(List<S3ObjectName> objects) implements EventBody {
        public Touched {
            objects = List.copyOf(objects);
        }
    }

    /** S3's test whether it can reach the queue. */
    record TestEvent() implements EventBody {}

    /** It is not an event of S3, or is malformed. */
    record Unreadable(String why) implements EventBody {}
}
