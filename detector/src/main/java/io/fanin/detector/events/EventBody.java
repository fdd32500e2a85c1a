package io.fanin.detector.events;

import java.util.List;

/** The content of a queue message's body. */
sealed interface EventBody {

    /** Something happened to these objects; at least one. */
    record Touched(List<S3ObjectName> objects) implements EventBody {
        public Touched {
            objects = List.copyOf(objects);
        }
    }

    /** S3 tried whether it can reach the queue. */
    record TestEvent() implements EventBody {}

    /** It is not an event of S3, or a broken one. */
    record Unreadable(String why) implements EventBody {}
}
