package io.fanin.detector.events;

import java.util.List;

/** What the body of a queue's message says. */
sealed interface EventBody {

    /** Something happened to these objects; at least one. */
    record Touched(List<S3ObjectName> objects) implements EventBody {
        public Touched {
            objects = List.copyOf(objects);
        }
    }

    /** S3 tried whether it can reach the queue. */
    record TestEvent() implements EventBody {}

    /** It is no event of S3, or a broken one. */
    record Unreadable(String why) implements EventBody {}
}
