package io.fanin.processor.custom;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.core.run.Inventory;
import io.fanin.processor.api.PartitionObject;
import io.fanin.processor.validate.ObjectSource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The raw data of one partition, as one listing shows it.
 *
 * @param objects that readers would read
 * @param inventory of these
 * @param nothingButFolderMarkers whether there is something, and all of it only stands for folders
 */
public record SourceObjects(List<PartitionObject> objects, Inventory inventory, boolean nothingButFolderMarkers) {

    public SourceObjects {
        objects = List.copyOf(objects);
    }

    /**
     * Lists a folder.
     *
     * @param prefix ends in {@code /}
     */
    public static SourceObjects of(ObjectSource source, String prefix) {
        InventorySum inventory = new InventorySum(prefix);
        List<PartitionObject> objects = new ArrayList<>();
        boolean markers = false;
        boolean others = false;
        for (Iterator<ObjectSummary> listed = source.list(prefix); listed.hasNext(); ) {
            ObjectSummary object = listed.next();
            markers |= DataObjects.isFolderMarker(object);
            others |= !DataObjects.isFolderMarker(object);
            if (DataObjects.isData(prefix, object)) {
                inventory.add(object);
                objects.add(new Listed(source, object, object.key().substring(prefix.length())));
            }
        }
        return new SourceObjects(objects, inventory.sum(), markers && !others);
    }

    private record Listed(ObjectSource source, ObjectSummary object, String name) implements PartitionObject {

        @Override
        public long size() {
            return object.size();
        }

        @Override
        public InputStream open() {
            return source.open(object);
        }
    }
}
