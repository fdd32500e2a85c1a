package io.fanin.records.duckdb;

import java.util.List;
import java.util.Optional;

/** Rows that a statement reads in chunks, on several of DuckDB's threads. Thread-safe. */
public interface ChunkSource {

    /** The columns' types, in order. */
    List<VectorType> types();

    /** The number of DuckDB's threads that may read them at a time. */
    int threads();

    /** Waits for the next chunk; empty when the statement has all its rows. */
    Optional<Chunk> next();

    /** Returns a chunk, whose rows are in DuckDB now, for reuse. */
    void recycle(Chunk chunk);
}
