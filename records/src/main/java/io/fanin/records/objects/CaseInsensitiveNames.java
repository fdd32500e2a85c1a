package io.fanin.records.objects;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds names of a file's columns, or of a struct's fields, that readers of tables cannot distinguish: these ignore
 * case, and read any one of them.
 */
public final class CaseInsensitiveNames {

    private CaseInsensitiveNames() {}

    /**
     * The conflicts between names on one level, for people.
     *
     * @param path of the struct, with a final dot; an empty string for columns
     */
    public static List<String> problems(String path, List<String> names) {
        List<String> problems = new ArrayList<>();
        Map<String, String> found = new HashMap<>();
        for (String name : names) {
            String other = found.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                problems.add("'%s' and '%s' are one name to the table's readers"
                        .formatted(Printable.detail(path + other), Printable.detail(path + name)));
            }
        }
        return problems;
    }
}
