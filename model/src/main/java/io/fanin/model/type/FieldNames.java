package io.fanin.model.type;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds fields by their names in raw data, ignoring case as Hive's readers do. Finding a name of ASCII creates no
 * object, whatever the order of fields.
 */
public final class FieldNames {

    /** The result for a name that no field has. */
    public static final int UNKNOWN = -1;

    /** Places for each name, and up to twice as many: a free one is near. */
    private static final int SPACE = 4;

    private final byte[][] given;

    /** In lower case. */
    private final byte[][] names;

    /**
     * The index of each name and one more, at the place that its hash has or the next free one; 0 where there is none.
     */
    private final int[] places;

    private final Map<String, Integer> byName = new HashMap<>();

    FieldNames(List<String> fields) {
        given = new byte[fields.size()][];
        names = new byte[fields.size()][];
        places = new int[Integer.highestOneBit(Math.max(1, names.length)) * SPACE];
        for (int i = 0; i < names.length; i++) {
            String name = fields.get(i).toLowerCase(Locale.ROOT);
            if (byName.put(name, i) != null) {
                throw new IllegalArgumentException("the name '" + fields.get(i) + "' is there twice");
            }
            given[i] = fields.get(i).getBytes(StandardCharsets.UTF_8);
            names[i] = name.getBytes(StandardCharsets.UTF_8);
            int place = place(names[i], 0, names[i].length);
            while (places[place] != 0) {
                place = following(place);
            }
            places[place] = i + 1;
        }
    }

    /**
     * The index of the field whose name these bytes contain, in UTF-8.
     *
     * @return {@link #UNKNOWN} if there is no such field
     */
    public int find(byte[] bytes, int from, int to) {
        for (int place = place(bytes, from, to); places[place] != 0; place = following(place)) {
            if (isAt(names[places[place] - 1], bytes, from, to)) {
                return places[place] - 1;
            }
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return find(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
        }
        return UNKNOWN;
    }

    /** The index of the field with this name; see {@link #find(byte[], int, int)}. */
    public int find(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), UNKNOWN);
    }

    /** The name of a field in UTF-8; it must not be changed. */
    public byte[] utf8(int index) {
        return given[index];
    }

    /** Letters of both cases have the same place. */
    private int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + (bytes[i] | ' ');
        }
        return (hash ^ hash >>> 15) & (places.length - 1);
    }

    private int following(int place) {
        return (place + 1) & (places.length - 1);
    }

    private static boolean isAt(byte[] name, byte[] bytes, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            byte b = bytes[from + i];
            if (name[i] != (b >= 'A' && b <= 'Z' ? b | ' ' : b)) {
                return false;
            }
        }
        return true;
    }
}
