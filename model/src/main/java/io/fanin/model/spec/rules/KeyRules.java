package io.fanin.model.spec.rules;

import io.fanin.model.layout.Layout;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.partition.PartitionTime;
import io.fanin.model.partition.Periods;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for the keys of tables and of sources. */
final class KeyRules {

    /** The limit of Glue's NameString, in bytes of UTF-8. */
    private static final int MAX_NAME = 255;

    /** No table has nearly as many, and each is compared with each. */
    private static final int MAX_KEYS = 100;

    private KeyRules() {}

    /** Checks the keys at a JSON path by themselves. */
    static void check(String path, List<PartitionKey> keys, Problems problems) {
        if (keys.isEmpty()) {
            problems.add(path, "expected at least one key: a table without partitions has nothing to detect");
            return;
        }
        if (keys.size() > MAX_KEYS) {
            problems.add(path, "has " + keys.size() + " keys: expected at most " + MAX_KEYS);
            return;
        }
        Set<String> names = new HashSet<>();
        problems.each(path, keys, (own, key) -> {
            if (key.name().isBlank()) {
                problems.add(own + ".name", "is empty");
            } else {
                problems.requireSingleLine(own + ".name", key.name());
            }
            if (key.name().getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
                problems.add(own + ".name", "has more than " + MAX_NAME + " bytes, which Glue does not take");
            }
            if (!names.add(key.canonicalName())) {
                problems.addTwice(own + ".name", key.canonicalName());
            }
        });
        if (names.size() == keys.size()) {
            checkTimes(path, keys, problems);
        }
    }

    /** Checks the formats and intervals of keys at a JSON path, which may be the table's in the catalog. */
    static void checkTimes(String path, List<PartitionKey> keys, Problems problems) {
        new PartitionTime(keys)
                .idle()
                .ifPresent(key -> problems.add(
                        path,
                        "the key '" + key.name() + "' has the format "
                                + key.format().orElse("")
                                + ", which tells nothing without keys for the coarser units, from the year on: add them,"
                                + " or leave the format out"));
        new Periods(keys).whyNoInterval().ifPresent(why -> problems.add(path, why));
    }

    static boolean areSound(List<PartitionKey> keys) {
        Problems problems = new Problems();
        check("", keys, problems);
        return problems.isEmpty();
    }

    /** Checks that the layout at a JSON path fits the keys. */
    static void checkLayout(String path, String layout, List<PartitionKey> keys, Problems problems) {
        problems.attempt(path, () -> Layout.of(layout, keys));
    }
}
