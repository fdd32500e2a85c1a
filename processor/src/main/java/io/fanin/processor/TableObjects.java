package io.fanin.processor;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The objects of partitions that are registered in place. A listing fails at an archived object: Athena skips these
 * silently, and their rows would be missing (<a
 * href="https://docs.aws.amazon.com/athena/latest/ug/querying-glacier.html">restored objects</a>). For one thread.
 */
final class TableObjects implements ObjectSource.Forwarding {

    private final ObjectSource source;
    private final BooleanSupplier readsRestored;
    private boolean isAsked;
    private boolean isArchiveRead;

    /**
     * @param readsRestored whether the table has readers read archived objects; called once, at the first archived
     *     object
     */
    private TableObjects(ObjectSource source, BooleanSupplier readsRestored) {
        this.source = source;
        this.readsRestored = readsRestored;
    }

    /** The objects of a table, for one thread that processes the partitions with these prefixes in their order. */
    static ObjectSource of(ResolvedSpec spec, List<String> prefixes, ProcessorServices services) {
        ObjectSource source =
                services.objectsOfBucket().apply(spec.definition().location().bucket());
        return new TableObjects(source.inTurn(prefixes), () -> services.tables().readsRestored(spec.tableName()));
    }

    @Override
    public ObjectSource source() {
        return source;
    }

    @Override
    public Iterator<ObjectSummary> list(String prefix) {
        Iterator<ObjectSummary> objects = source.list(prefix);
        return new Iterator<>() {

            @Override
            public boolean hasNext() {
                return objects.hasNext();
            }

            @Override
            public ObjectSummary next() {
                ObjectSummary object = objects.next();
                if (object.isArchived() && DataObjects.isData(prefix, object) && !isArchiveRead()) {
                    throw ObjectDefectException.ofObject(
                            object.key(),
                            FailureCode.ARCHIVED,
                            " is archived, and Athena passes over it without a word: restore it and copy it back, or, once it is"
                                    + " restored, set the table's property read_restored_glacier_objects to true");
                }
                return object;
            }
        };
    }

    private boolean isArchiveRead() {
        if (!isAsked) {
            isArchiveRead = readsRestored.getAsBoolean();
            isAsked = true;
        }
        return isArchiveRead;
    }
}
