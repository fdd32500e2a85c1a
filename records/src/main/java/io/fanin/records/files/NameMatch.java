package io.fanin.records.files;

import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.text.LogSafe;
import io.fanin.records.duckdb.Chunk;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Collects names of raw fields without a column, and columns without values. Keeps a few names, however many the data
 * has. Thread-safe.
 */
final class NameMatch {

    private static final int LENGTH = 100;

    private final TreeSet<String> unknown = new TreeSet<>();
    private final List<String> columns;
    private final BitSet empty = new BitSet();

    /** @param columns names of all columns of the chunks */
    NameMatch(List<String> columns) {
        this.columns = List.copyOf(columns);
        this.empty.set(0, columns.size());
    }

    /** Adds a name that is not a column. */
    synchronized void add(String name) {
        if (unknown.size() < UnmatchedNames.MAX) {
            unknown.add(LogSafe.beginning(name, LENGTH));
        }
    }

    /** Adds the rows of a chunk. Only columns that are still empty are examined. */
    synchronized void add(Chunk chunk) {
        for (int column = empty.nextSetBit(0); column >= 0; column = empty.nextSetBit(column + 1)) {
            if (chunk.column(column).hasValues()) {
                empty.clear(column);
            }
        }
    }

    /** The names of fields in alphabetical order, and the columns in their order. */
    synchronized UnmatchedNames names() {
        return unknown.isEmpty()
                ? UnmatchedNames.NONE
                : new UnmatchedNames(
                        List.copyOf(unknown),
                        empty.stream()
                                .limit(UnmatchedNames.MAX)
                                .mapToObj(columns::get)
                                .map(name -> LogSafe.beginning(name, LENGTH))
                                .toList());
    }
}
