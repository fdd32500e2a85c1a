package io.fanin.core.spec.rules;

import io.fanin.core.partition.PartitionKey;
import io.fanin.core.spec.SpecException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which partition indexes a table may be asked for: <a href="https://docs.aws.amazon.com/glue/latest/dg/partition-indexes.html">Glue's rules</a>. */
final class IndexRules {

    private static final String PATH = "$.partitionIndexes";
    static final int MAX_INDEXES = 3;

    private IndexRules() {}

    static List<Problem> problems(List<List<String>> indexes, List<PartitionKey> keys) {
        List<Problem> problems = new ArrayList<>();
        if (indexes.isEmpty() || indexes.size() > MAX_INDEXES) {
            problems.add(new Problem(PATH, "expected 1 to " + MAX_INDEXES + " indexes, found " + indexes.size()));
        }
        Set<String> names = keys.stream().map(PartitionKey::canonicalName).collect(Collectors.toSet());
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < indexes.size(); i++) {
            List<String> index = indexes.get(i).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            String path = PATH + "[" + i + "]";
            if (index.isEmpty()) {
                problems.add(new Problem(path, "expected the name of at least one key"));
            } else if (!seen.add(index)) {
                problems.add(new Problem(path, index + " is there twice"));
            }
            problems.addAll(ofKeys(path, index, names));
        }
        return problems;
    }

    private static List<Problem> ofKeys(String path, List<String> index, Set<String> names) {
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < index.size(); i++) {
            String name = index.get(i);
            if (!names.contains(name)) {
                problems.add(new Problem(
                        path + "[" + i + "]",
                        "expected one of the partition keys "
                                + names.stream().sorted().toList() + ", found '" + name + "'"));
            } else if (!seen.add(name)) {
                problems.add(new Problem(path + "[" + i + "]", "'" + name + "' is there twice"));
            }
        }
        return problems;
    }
}
