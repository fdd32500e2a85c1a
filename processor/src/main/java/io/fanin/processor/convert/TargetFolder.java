package io.fanin.processor.convert;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.core.run.Inventory;
import io.fanin.core.text.OneLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A partition's folder in the table. Its files have names that say nothing but their number, so that a second conversion
 * takes the place of the first. Other data in it would be read beside ours, and every row of it perhaps twice, so it is
 * never written beside.
 */
final class TargetFolder {

    private static final Pattern OURS = Pattern.compile("part-[0-9]{5}\\.parquet");

    private final ObjectTarget target;
    private final String prefix;

    TargetFolder(ObjectTarget target, String prefix) {
        this.target = target;
        this.prefix = prefix;
    }

    String key(int part) {
        return prefix + "part-%05d.parquet".formatted(part);
    }

    /**
     * Looks whether the folder is ours.
     *
     * @throws ConversionException {@code ForeignObjects} when somebody else's data lies in it
     */
    void requireOurs() {
        List<ObjectSummary> foreign = objects().stream()
                .filter(object -> !isOurs(object) && DataObjects.isData(prefix, object))
                .toList();
        if (!foreign.isEmpty()) {
            throw new ConversionException(
                    "ForeignObjects",
                    "%s holds %d data %s that this did not write (%s): readers would read them beside what is converted."
                                    .formatted(
                                            OneLine.of(prefix),
                                            foreign.size(),
                                            foreign.size() == 1 ? "object" : "objects",
                                            OneLine.beginning(foreign.getFirst().key(), 300))
                            + " Move them away, or convert into another location");
        }
    }

    /**
     * Removes what an earlier conversion left beside the files that are there now, and looks whether those are the ones
     * that were written.
     *
     * @param written the ETags of all files by their keys
     * @return what the folder has
     * @throws IOException when a file is not the one that was written: somebody else converts the partition now
     */
    Inventory settle(Map<String, String> written) throws IOException {
        InventorySum sum = new InventorySum(prefix);
        List<String> stale = new ArrayList<>();
        int found = 0;
        for (ObjectSummary object : objects()) {
            if (written.containsKey(object.key())) {
                if (!written.get(object.key()).equals(object.etag())) {
                    throw anotherWriter(object.key());
                }
                sum.add(object);
                found++;
            } else if (isOurs(object)) {
                stale.add(object.key());
            }
        }
        if (found < written.size()) {
            throw anotherWriter(prefix);
        }
        if (!stale.isEmpty()) {
            target.delete(stale);
        }
        return sum.sum();
    }

    private static IOException anotherWriter(String key) {
        return new IOException(
                OneLine.of(key) + " was changed while it was written: the partition is converted by somebody"
                        + " else at the same time");
    }

    private boolean isOurs(ObjectSummary object) {
        return OURS.matcher(object.key().substring(prefix.length())).matches();
    }

    private List<ObjectSummary> objects() {
        List<ObjectSummary> objects = new ArrayList<>();
        for (Iterator<ObjectSummary> all = target.list(prefix); all.hasNext(); ) {
            objects.add(all.next());
        }
        return objects;
    }
}
