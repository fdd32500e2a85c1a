package io.fanin.records.parquet;

import java.util.IdentityHashMap;
import org.apache.parquet.format.SchemaElement;

/**
 * How long the lists of a row group are, as each column inside them has it. DuckDB reads the columns of one list by the
 * lengths of one of them, and beyond the end of a shorter one.
 */
final class ListShapes {

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final IdentityHashMap<SchemaElement, Shape> shapes = new IdentityHashMap<>();

    /**
     * The levels of all elements of a list, where elements are absent among them.
     *
     * @param count of elements and of absences
     * @param hash of their levels: two lists that differ by accident do not have the same
     */
    record Shape(long count, long hash) {}

    /** The hash of a list's levels with those of its next element. */
    static long hash(long before, int repetition, int definition) {
        return (before + repetition) * MULTIPLIER + definition + 1;
    }

    /** Whether a list has the shape that a column before has given it; the first column gives it. */
    boolean agree(SchemaElement list, Shape shape) {
        Shape before = shapes.putIfAbsent(list, shape);
        return before == null || before.equals(shape);
    }
}
