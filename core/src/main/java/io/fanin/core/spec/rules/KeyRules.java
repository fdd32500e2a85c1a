package io.fanin.core.spec.rules;

import io.fanin.core.layout.Layout;
import io.fanin.core.partition.PartitionKey;
import io.fanin.core.partition.PartitionTime;
import io.fanin.core.spec.SpecException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keys may not be, those of a table and those of a source alike. */
final class KeyRules {

    private KeyRules() {}

    /** What is wrong with the keys at a JSON path by themselves. */
    static List<Problem> problems(String path, List<PartitionKey> keys) {
        if (keys.isEmpty()) {
            return List.of(
                    new Problem(path, "expected at least one key: a table without partitions has nothing to detect"));
        }
        List<Problem> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            String name = keys.get(i).canonicalName();
            if (!names.add(name)) {
                problems.add(new Problem(path + "[" + i + "].name", "'" + name + "' is there twice"));
            }
        }
        if (problems.isEmpty()) {
            new PartitionTime(keys).idle().ifPresent(key -> problems.add(new Problem(path, idle(key))));
        }
        return problems;
    }

    private static String idle(PartitionKey key) {
        return "the key '" + key.name() + "' has the format " + key.format().orElse("")
                + ", which tells nothing without keys for the coarser units, from the year on: add them, or leave the format out";
    }

    /** Why the layout at a JSON path does not go with the keys. */
    static Optional<Problem> layoutProblem(String path, String layout, List<PartitionKey> keys) {
        try {
            Layout.of(layout, keys);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Problem(path, e.getMessage()));
        }
    }
}
