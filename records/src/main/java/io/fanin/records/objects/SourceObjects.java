package io.fanin.records.objects;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.Emptiness;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.run.Inventory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The raw data of one partition, from one listing.
 *
 * @param objects that query engines would read
 * @param inventory of these
 * @param empty the kind of content if there are no such objects
 */
public record SourceObjects(List<ObjectSummary> objects, Inventory inventory, Emptiness empty) {

    public SourceObjects {
        objects = List.copyOf(objects);
    }

    /**
     * Lists a folder, whose prefix ends in {@code /}.
     *
     * @throws ObjectDefectException {@code SeveralVersions} if it holds several versions of a partition
     */
    public static SourceObjects of(ObjectSource source, String prefix) {
        List<ObjectSummary> objects = new ArrayList<>();
        FolderInventory summed = FolderInventory.of(source, prefix, new OneVersion(prefix).andThen(objects::add));
        return new SourceObjects(objects, summed.inventory(), summed.empty());
    }

    /**
     * The inventory of a folder's objects, of which there may be any number.
     *
     * @param empty the kind of content if there are no objects that query engines would read
     */
    public record FolderInventory(Inventory inventory, Emptiness empty) {

        /** Lists a folder, whose prefix ends in {@code /}. */
        public static FolderInventory of(ObjectSource source, String prefix) {
            return of(source, prefix, object -> {});
        }

        /** Lists a folder as {@link SourceObjects#of} does, and refuses the same. */
        public static FolderInventory ofSource(ObjectSource source, String prefix) {
            return of(source, prefix, new OneVersion(prefix));
        }

        private static FolderInventory of(ObjectSource source, String prefix, Consumer<ObjectSummary> data) {
            InventorySum inventory = new InventorySum(prefix);
            long names = 0;
            long folderMarkers = 0;
            for (Iterator<ObjectSummary> listed = source.list(prefix); listed.hasNext(); ) {
                ObjectSummary object = listed.next();
                names++;
                folderMarkers += DataObjects.isFolderMarker(object) ? 1 : 0;
                if (DataObjects.isData(prefix, object)) {
                    inventory.add(object);
                    data.accept(object);
                }
            }
            return new FolderInventory(inventory.sum(), Emptiness.of(names, folderMarkers));
        }
    }
}
