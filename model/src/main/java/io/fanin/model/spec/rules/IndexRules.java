package io.fanin.model.spec.rules;

import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules for the partition indexes of a table: <a
 * href="https://docs.aws.amazon.com/glue/latest/dg/partition-indexes.html">Glue's rules</a>.
 */
public final class IndexRules {

    private static final String PATH = "$.partitionIndexes";
    /** The maximum number of indexes of a table. */
    public static final int MAX_INDEXES = 3;

    private IndexRules() {}

    static void check(List<List<String>> indexes, List<PartitionKey> keys, Problems problems) {
        if (indexes.isEmpty() || indexes.size() > MAX_INDEXES) {
            problems.add(PATH, "expected 1 to " + MAX_INDEXES + " indexes, found " + indexes.size());
        }
        SortedMap<String, KeyType> types = new TreeMap<>();
        keys.forEach(key -> types.put(key.canonicalName(), key.type()));
        Set<List<String>> seen = new HashSet<>();
        problems.each(PATH, indexes, (path, given) -> {
            List<String> index = given.stream().map(Problems::lower).toList();
            if (index.isEmpty()) {
                problems.add(path, "expected the name of at least one key");
            } else if (!seen.add(index)) {
                problems.add(path, index + " is there twice");
            }
            checkKeys(path, index, types, problems);
        });
    }

    private static void checkKeys(
            String index, List<String> keys, SortedMap<String, KeyType> types, Problems problems) {
        Set<String> seen = new HashSet<>();
        problems.each(index, keys, (path, name) -> {
            if (!types.containsKey(name)) {
                problems.add(path, "expected one of the partition keys " + types.keySet() + ", found '" + name + "'");
            } else if (!seen.add(name)) {
                problems.addTwice(path, name);
            } else if (types.get(name) == KeyType.TIMESTAMP) {
                problems.add(path, "Glue has no index on a key of type timestamp, as '" + name + "' is: leave it out");
            }
        });
    }
}
