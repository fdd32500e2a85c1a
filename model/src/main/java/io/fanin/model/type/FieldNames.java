package io.fanin.model.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds fields by their names in raw data, ignoring case as Hive's readers do. Records usually name their fields in the
 * same order, so the field after the one found last is tried first.
 */
public final class FieldNames {

    /** The result for a name that no field has. */
    public static final int UNKNOWN = -1;

    private final byte[][] exact;
    private final Map<String, Integer> byName = new HashMap<>();

    FieldNames(List<String> names) {
        exact = new byte[names.size()][];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
            if (byName.put(names.get(i).toLowerCase(Locale.ROOT), i) != null) {
                throw new IllegalArgumentException("the name '" + names.get(i) + "' is there twice");
            }
        }
    }

    /**
     * The index of the field whose name these bytes contain, in UTF-8.
     *
     * @param likely the index to try first; any number
     * @return {@link #UNKNOWN} if there is no such field
     */
    public int find(byte[] bytes, int from, int to, int likely) {
        if (likely < exact.length && isAt(likely, bytes, from, to)) {
            return likely;
        }
        for (int i = 0; i < exact.length; i++) {
            if (isAt(i, bytes, from, to)) {
                return i;
            }
        }
        return find(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** The index of the field with this name; see {@link #find(byte[], int, int, int)}. */
    public int find(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), UNKNOWN);
    }

    private boolean isAt(int index, byte[] bytes, int from, int to) {
        byte[] name = exact[index];
        return name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to);
    }
}
