package io.fanin.records.objects;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.run.PartitionVersion;
import java.util.function.Consumer;

/**
 * Refuses a folder in which runs of another table keep several versions of a partition: each has its rows, and only the
 * catalog tells which one is registered.
 */
final class OneVersion implements Consumer<ObjectSummary> {

    private final String prefix;
    private String first;

    /** @param prefix of the folder, which ends in {@code /} */
    OneVersion(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void accept(ObjectSummary object) {
        String name = object.key().substring(prefix.length());
        if (!PartitionVersion.holds(name)) {
            return;
        }
        String version = name.substring(0, name.indexOf('/') + 1);
        if (first == null) {
            first = version;
        }
        if (!first.equals(version)) {
            throw new ObjectDefectException(
                    FailureCode.SEVERAL_VERSIONS,
                    "%s holds several versions of a partition (%s, %s): their rows would be read several times"
                            .formatted(Printable.key(prefix), Printable.key(first), Printable.key(version)));
        }
    }
}
