package io.fanin.model.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds fields by their names as raw data writes them: in any case, as Hive's readers do. A record names its fields in the
 * order of the one before as a rule, so that the field after the one found last is looked at first.
 */
public final class FieldNames {

    /** No field of this name. */
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
     * The index of the field whose name stands in these bytes, in UTF-8.
     *
     * @param likely where to look first; any number
     * @return {@link #UNKNOWN} where there is none
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

    /** The same of a name that is text already. */
    public int find(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), UNKNOWN);
    }

    private boolean isAt(int index, byte[] bytes, int from, int to) {
        byte[] name = exact[index];
        return name.length == to - from && Arrays.equals(name, 0, name.length, bytes, from, to);
    }
}
