package io.fanin.records.duckdb;

import java.util.List;
import java.util.Optional;

/** Rows that a statement reads, chunk by chunk, on several threads of DuckDB's. Thread-safe. */
public interface ChunkSource {

    /** The columns' types, in order. */
    List<VectorType> types();

    /**
     * Whether rows grow in DuckDB by far more than what they are here, as texts do that become nested values. Then one thread
     * alone reads, so that nobody takes memory between the look at what is free and its use.
     */
    boolean growing();

    /** The next chunk, once it is there; empty when the statement has got all that it is to get. */
    Optional<Chunk> next();

    /** The chunk is in DuckDB, and can be used again. */
    void giveBack(Chunk chunk);
}
