package io.fanin.processor.custom;

import io.fanin.core.inventory.DataObjects;
import io.fanin.core.inventory.InventorySum;
import io.fanin.core.inventory.ObjectSummary;
import io.fanin.core.run.Inventory;
import io.fanin.processor.api.TargetFolder;
import io.fanin.processor.convert.ObjectTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** A partition's folder in the table; names lead to nowhere else. */
public final class Target implements TargetFolder {

    private static final Pattern ELSEWHERE = Pattern.compile("|/.*|.*//.*|(.*/)?\\.\\.?(/.*)?|.*/");

    private final ObjectTarget objects;
    private final String prefix;

    /** @param prefix ends in {@code /} */
    public Target(ObjectTarget objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    @Override
    public List<String> list() {
        List<String> names = new ArrayList<>();
        for (Iterator<ObjectSummary> listed = objects.list(prefix); listed.hasNext(); ) {
            names.add(listed.next().key().substring(prefix.length()));
        }
        return List.copyOf(names);
    }

    @Override
    public void put(String name, Path file) {
        objects.put(key(name), file);
    }

    @Override
    public void delete(String name) {
        objects.delete(List.of(key(name)));
    }

    private String key(String name) {
        if (ELSEWHERE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name
                    + "' is no name of an object in the partition's folder, expected one such as part-0.json");
        }
        return prefix + name;
    }

    /** What readers read there now. */
    public Inventory inventory() {
        InventorySum inventory = new InventorySum(prefix);
        for (Iterator<ObjectSummary> listed = objects.list(prefix); listed.hasNext(); ) {
            ObjectSummary object = listed.next();
            if (DataObjects.isData(prefix, object)) {
                inventory.add(object);
            }
        }
        return inventory.sum();
    }
}
