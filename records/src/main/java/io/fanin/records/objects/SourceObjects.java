package io.fanin.records.objects;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.run.Inventory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The raw data of one partition, from one listing.
 *
 * @param objects that query engines would read
 * @param inventory of these
 * @param empty what the folder holds if there are no such objects
 */
public record SourceObjects(List<ObjectSummary> objects, Inventory inventory, Emptiness empty) {

    public SourceObjects {
        objects = List.copyOf(objects);
    }

    /** Lists a folder, whose prefix ends in {@code /}. */
    public static SourceObjects of(ObjectSource source, String prefix) {
        InventorySum inventory = new InventorySum(prefix);
        List<ObjectSummary> objects = new ArrayList<>();
        long names = 0;
        long folderMarkers = 0;
        for (Iterator<ObjectSummary> listed = source.list(prefix); listed.hasNext(); ) {
            ObjectSummary object = listed.next();
            names++;
            folderMarkers += DataObjects.isFolderMarker(object) ? 1 : 0;
            if (DataObjects.isData(prefix, object)) {
                inventory.add(object);
                objects.add(object);
            }
        }
        return new SourceObjects(objects, inventory.sum(), Emptiness.of(names, folderMarkers));
    }
}
