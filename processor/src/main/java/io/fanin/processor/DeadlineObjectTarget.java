package io.fanin.processor;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.ObjectWriter;
import io.fanin.records.objects.Printable;
import io.fanin.records.scratch.Deadline;
import java.util.Iterator;

/**
 * A table's objects. Listings and look-ups of writers end with a {@code DeadlineExceeded} when the time for work is
 * over.
 */
record DeadlineObjectTarget(ObjectTarget target, Deadline deadline) implements ObjectTarget.Forwarding {

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        return DeadlineObjectSource.listed(target.list(prefix), prefix, deadline);
    }

    @Override
    public ObjectWriter writer(String key) {
        deadline.check(() -> "the writer of " + Printable.key(key) + " was not looked up");
        return target.writer(key);
    }
}
