package io.fanin.cli.init.values;

import io.fanin.model.text.LogSafe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names within one record or header that denote the same column. */
final class AlikeNames {

    private final Map<String, List<String>> alike = new LinkedHashMap<>();

    /** Adds the names of a record or a header. */
    void add(List<String> names) {
        Map<String, List<String>> byColumn = new LinkedHashMap<>();
        names.forEach(name -> byColumn.computeIfAbsent(column(name), first -> new ArrayList<>())
                .add(name));
        byColumn.forEach((column, same) -> {
            if (same.size() > 1) {
                alike.putIfAbsent(column, same);
            }
        });
    }

    boolean has(String name) {
        return alike.containsKey(column(name));
    }

    /** The names of each such column, for people. */
    List<String> texts() {
        return alike.values().stream()
                .map(same -> "the fields "
                        + String.join(" and ", same.stream().map(LogSafe::name).toList())
                        + " stand beside each other and are one column, since names of columns are not case-sensitive:"
                        + " rename them in the data")
                .toList();
    }

    private static String column(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
