package io.fanin.records.duckdb;

import java.util.List;

/**
 * Rows on their way into DuckDB, column by column; reusable. A row is written at {@link #row} and counts once
 * {@link #endRow} is called. Used by one thread at a time.
 */
public final class Chunk {

    /** Rows of a DuckDB vector. */
    static final int MAX_ROWS = 2048;

    /** The memory for texts is kept up to this multiple of the chunk's wanted size. */
    private static final int KEPT = 4;

    private final List<VectorType> types;
    private final ColumnBuffer[] columns;
    private final ChunkTexts texts = new ChunkTexts();
    private final int capacity;
    private final int rowWidth;
    private final int wanted;
    private int row;
    private int textsOfRows;

    /** Creates a chunk without rows, which is full after approximately this number of bytes. */
    public Chunk(List<VectorType> types, long wanted) {
        this.types = List.copyOf(types);
        this.wanted = Math.toIntExact(Math.clamp(wanted, 1, Integer.MAX_VALUE / (2 * KEPT)));
        this.rowWidth = types.stream().mapToInt(VectorType::width).sum();
        this.capacity = Math.clamp(this.wanted / rowWidth, 1, MAX_ROWS);
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

    /** The index of the row being written, which is the number of complete rows. */
    public int row() {
        return row;
    }

    /** Bytes of the rows, as DuckDB holds them. */
    public long bytes() {
        return (long) row * rowWidth + textsOfRows;
    }

    /** Whether there are texts too long to be stored inline. */
    boolean hasTexts() {
        return textsOfRows > 0;
    }

    public boolean isFull() {
        return row == capacity || textsOfRows >= wanted;
    }

    /** Completes the row being written. */
    public void endRow() {
        row++;
        textsOfRows = texts.length();
    }

    /** Discards the row being written. */
    public void takeBack() {
        for (ColumnBuffer column : columns) {
            column.takeBack(row);
        }
        texts.cut(textsOfRows);
    }

    /** Removes all rows. */
    public void clear() {
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        texts.clear(KEPT * wanted);
        row = 0;
        textsOfRows = 0;
    }
}
