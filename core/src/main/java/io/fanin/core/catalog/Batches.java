package io.fanin.core.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Divides a collection into batches of a maximum size. */
public final class Batches {

    private Batches() {}

    public static <T> List<List<T>> of(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            batches.add(list.subList(from, Math.min(from + size, list.size())));
        }
        return batches;
    }
}
