package io.fanin.detector.sort;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges several sorted iterators; holds one element of each. */
final class Merge<T> implements Iterator<T> {

    private final PriorityQueue<Head<T>> heads;

    Merge(List<Iterator<T>> sources, Comparator<? super T> order) {
        this.heads = new PriorityQueue<>(
                Math.max(1, sources.size()), (left, right) -> order.compare(left.element(), right.element()));
        sources.forEach(this::advance);
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public T next() {
        Head<T> least = heads.poll();
        if (least == null) {
            throw new NoSuchElementException();
        }
        advance(least.rest());
        return least.element();
    }

    private void advance(Iterator<T> source) {
        if (source.hasNext()) {
            heads.add(new Head<>(source.next(), source));
        }
    }

    private record Head<T>(T element, Iterator<T> rest) {}
}
