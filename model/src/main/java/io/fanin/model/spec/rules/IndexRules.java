package io.fanin.model.spec.rules;

import io.fanin.model.partition.PartitionKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
        Set<String> names =
                new TreeSet<>(keys.stream().map(PartitionKey::canonicalName).toList());
        Set<List<String>> seen = new HashSet<>();
        problems.each(PATH, indexes, (path, given) -> {
            List<String> index = given.stream().map(Problems::lower).toList();
            if (index.isEmpty()) {
                problems.add(path, "expected the name of at least one key");
            } else if (!seen.add(index)) {
                problems.add(path, index + " is there twice");
            }
            checkKeys(path, index, names, problems);
        });
    }

    private static void checkKeys(String index, List<String> keys, Set<String> names, Problems problems) {
        Set<String> seen = new HashSet<>();
        problems.each(index, keys, (path, name) -> {
            if (!names.contains(name)) {
                problems.add(path, "expected one of the partition keys " + names + ", found '" + name + "'");
            } else if (!seen.add(name)) {
                problems.addTwice(path, name);
            }
        });
    }
}
