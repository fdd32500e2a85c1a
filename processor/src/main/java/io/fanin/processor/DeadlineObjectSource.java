package io.fanin.processor;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import io.fanin.records.scratch.Deadline;
import java.util.Iterator;
import java.util.List;

/**
 * Objects whose listings end with a {@code DeadlineExceeded} when the time for work is over. Otherwise Lambda would end
 * the function during the listing of a large folder, and the results of the batch's other partitions would be lost.
 */
record DeadlineObjectSource(ObjectSource source, Deadline deadline) implements ObjectSource.Forwarding {

    @Override
    public ObjectSource inTurn(List<String> prefixes) {
        return new DeadlineObjectSource(source.inTurn(prefixes), deadline);
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return listed(source.list(prefix), prefix, deadline);
    }

    /** The objects of a prefix. The iterator throws {@code DeadlineExceeded} when the time for work is over. */
    static Iterator<ObjectSummary> listed(Iterator<ObjectSummary> objects, String prefix, Deadline deadline) {
        return new Iterator<>() {

            private long listed;

            @Override
            public boolean hasNext() {
                deadline.check(() -> listed + " objects of " + Printable.key(prefix) + " are listed");
                return objects.hasNext();
            }

            @Override
            public ObjectSummary next() {
                listed++;
                return objects.next();
            }
        };
    }
}
