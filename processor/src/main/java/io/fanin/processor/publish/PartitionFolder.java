package io.fanin.processor.publish;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.run.Inventory;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.core.s3.ObjectTarget;
import io.fanin.core.s3.ObjectWriter;
import io.fanin.core.text.LogSafe;
import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A partition's folder in the table. File names contain only a number, so that a second conversion replaces the files
 * of the first. Such a file is replaced or removed only if its metadata names this table, which is looked up once when
 * the file is found. Other data in the folder would be read together with ours, possibly duplicating every row, so
 * nothing is written beside it.
 */
final class PartitionFolder {

    private static final Pattern NAME = Pattern.compile("part-[0-9]{5}\\.parquet");

    /** Maximum number of listings while another writer keeps changing the folder. */
    private static final int LOOKS = 3;

    private final ObjectTarget target;
    private final String prefix;

    /** The ETags of files that earlier conversions left, by their keys. */
    private final Map<String, String> earlier = new HashMap<>();

    PartitionFolder(ObjectTarget target, String prefix) {
        this.target = target;
        this.prefix = prefix;
    }

    String key(int part) {
        return prefix + "part-%05d.parquet".formatted(part);
    }

    /** Requires that the folder holds only files of this table; other data in it are {@code ForeignObjects}. */
    void requireOurs() {
        long foreign = 0;
        String first = "";
        for (Iterator<ObjectSummary> all = target.list(prefix); all.hasNext(); ) {
            ObjectSummary object = all.next();
            Optional<String> why = whyForeign(object);
            if (why.isPresent()) {
                first = foreign == 0 ? LogSafe.beginning(object.key(), 300) + why.get() : first;
                foreign++;
            }
        }
        if (foreign > 0) {
            throw new ConversionException(
                    "ForeignObjects",
                    "%s holds %d data %s that this did not write (%s): readers would read them beside what is converted."
                                    .formatted(LogSafe.of(prefix), foreign, foreign == 1 ? "object" : "objects", first)
                            + " Move them away, or convert into another location");
        }
    }

    /** The ETag of the file that an earlier conversion left under the key. */
    Optional<String> earlier(String key) {
        return Optional.ofNullable(earlier.get(key));
    }

    /** The owner of an object that is not the table's and must not be in the folder. */
    private Optional<String> whyForeign(ObjectSummary object) {
        if (!isNamedAsOurs(object)) {
            return DataObjects.isData(prefix, object) ? Optional.of("") : Optional.empty();
        }
        if (object.etag().equals(earlier.get(object.key()))) {
            return Optional.empty();
        }
        return switch (target.writer(object.key())) {
            case ObjectWriter.Nobody nobody -> Optional.empty();
            case ObjectWriter.ThisTable table -> {
                earlier.put(object.key(), table.etag());
                yield Optional.empty();
            }
            case ObjectWriter.Another another -> Optional.of(", " + another);
        };
    }

    /**
     * Removes the files that an earlier conversion left, and verifies that the others are the ones that were written. A
     * file is deleted only with the ETag that was listed, so that a concurrent conversion's file stays and is detected.
     *
     * @param written the ETags of all files by their keys
     * @return the folder's inventory
     * @throws IOException when a file is not the one that was written: another conversion of the partition is running,
     *     and this one has to be repeated
     */
    Inventory settle(Map<String, String> written) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            Found found = look(written);
            if (found.own() == written.size() && target.delete(found.stale())) {
                return found.inventory();
            }
        }
        throw new IOException("a file in " + LogSafe.of(prefix)
                + " was changed while it was written: the partition is converted by somebody else at the same time");
    }

    /**
     * The content of the folder.
     *
     * @param own the number of files that were written by this conversion
     * @param stale the ETags of files of other conversions; at most as many as there are file names
     */
    private record Found(Inventory inventory, int own, Map<String, String> stale) {}

    private Found look(Map<String, String> written) {
        InventorySum sum = new InventorySum(prefix);
        Map<String, String> stale = new HashMap<>();
        int own = 0;
        for (Iterator<ObjectSummary> all = target.list(prefix); all.hasNext(); ) {
            ObjectSummary object = all.next();
            if (object.etag().equals(written.get(object.key()))) {
                sum.add(object);
                own++;
            } else if (isNamedAsOurs(object)
                    && !written.containsKey(object.key())
                    && whyForeign(object).isEmpty()) {
                earlier(object.key()).ifPresent(etag -> stale.put(object.key(), etag));
            }
        }
        return new Found(sum.sum(), own, stale);
    }

    private boolean isNamedAsOurs(ObjectSummary object) {
        return NAME.matcher(object.key().substring(prefix.length())).matches();
    }
}
