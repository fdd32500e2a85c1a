package io.fanin.records.raw.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The keys of the map being read, and of the maps around it. */
public final class MapKeys {

    /** The number of keys that are compared one by one; more are looked up in a set. */
    private static final int COMPARED = 16;

    private final MapKeys outer;
    private final JsonText written = new JsonText();
    private final int[] ends = new int[1 + COMPARED];
    private final Set<String> all = new HashSet<>();
    private MapKeys inner;
    private int count;

    public MapKeys() {
        this(null);
    }

    private MapKeys(MapKeys outer) {
        this.outer = outer;
    }

    /** The keys of a map that begins inside this one. */
    public MapKeys inner() {
        if (inner == null) {
            inner = new MapKeys(this);
        }
        inner.written.clear();
        inner.all.clear();
        inner.count = 0;
        return inner;
    }

    /** The keys of the map around this one. */
    public MapKeys outer() {
        return outer;
    }

    /** Adds a key; returns whether it is new. */
    public boolean add(ValueType type, ScalarValue key) {
        int from = written.bytes().size();
        key.writeCompared(type, written);
        int to = written.bytes().size();
        byte[] bytes = written.bytes().bytes();
        if (count == COMPARED) {
            for (int i = 0; i < count && all.size() < count; i++) {
                all.add(text(ends[i], ends[i + 1]));
            }
            return all.add(text(from, to));
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(bytes, ends[i], ends[i + 1], bytes, from, to)) {
                return false;
            }
        }
        ends[++count] = to;
        return true;
    }

    private String text(int from, int to) {
        return new String(written.bytes().bytes(), from, to - from, StandardCharsets.UTF_8);
    }
}
