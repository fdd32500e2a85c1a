package io.fanin.records.duckdb;

import java.util.List;

/**
 * Some rows on their way into DuckDB, column by column; used again and again. A row is written where {@link #row} says, and
 * is there when it has been ended. Used by one thread at a time.
 */
public final class Chunk {

    /** Rows of a vector of DuckDB's. */
    static final int MOST_ROWS = 2048;

    /** Texts whose memory is kept are so many times longer than what a chunk is to have. */
    private static final int KEPT = 4;

    private final List<VectorType> types;
    private final ColumnBuffer[] columns;
    private final ChunkTexts texts = new ChunkTexts();
    private final int capacity;
    private final int rowWidth;
    private final int wanted;
    private int row;
    private int textsOfRows;

    /**
     * Without rows.
     *
     * @param wanted bytes after which it is full, about
     */
    public Chunk(List<VectorType> types, long wanted) {
        this.types = List.copyOf(types);
        this.wanted = Math.toIntExact(Math.clamp(wanted, 1, Integer.MAX_VALUE / (2 * KEPT)));
        this.rowWidth = types.stream().mapToInt(VectorType::width).sum();
        this.capacity = Math.clamp(this.wanted / rowWidth, 1, MOST_ROWS);
        this.columns = types.stream()
                .map(type -> new ColumnBuffer(type, capacity, texts))
                .toArray(ColumnBuffer[]::new);
    }

    List<VectorType> types() {
        return types;
    }

    public ColumnBuffer column(int index) {
        return columns[index];
    }

    int columns() {
        return columns.length;
    }

    /** The row that is being written; so many are there. */
    public int row() {
        return row;
    }

    /** Bytes of what is there, as DuckDB holds it. */
    public long bytes() {
        return (long) row * rowWidth + textsOfRows;
    }

    /** Whether there are texts beside the columns: those that are too long to stand in them. */
    boolean hasTexts() {
        return textsOfRows > 0;
    }

    public boolean isFull() {
        return row == capacity || textsOfRows >= wanted;
    }

    /** The row that was being written is there. */
    public void endRow() {
        row++;
        textsOfRows = texts.length();
    }

    /** Begins the row that was being written once more. */
    public void takeBack() {
        for (ColumnBuffer column : columns) {
            column.takeBack(row);
        }
        texts.cut(textsOfRows);
    }

    /** Forgets all rows. */
    public void clear() {
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        texts.clear(KEPT * wanted);
        row = 0;
        textsOfRows = 0;
    }
}
