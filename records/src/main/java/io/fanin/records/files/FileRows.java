package io.fanin.records.files;

import io.fanin.records.duckdb.Chunk;
import io.fanin.records.duckdb.ChunkSource;
import io.fanin.records.duckdb.VectorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The rows of one Parquet file, until it is large enough. Thread-safe. */
final class FileRows implements ChunkSource {

    private final Chunks chunks;
    private final Path file;
    private final FileSize size;
    private final int threads;
    private final LongConsumer growth;
    private long bytes;
    private long rows;
    private boolean ended;

    /** @param growth receives the file's length with each chunk */
    FileRows(Chunks chunks, Path file, FileSize size, int threads, LongConsumer growth) {
        this.chunks = chunks;
        this.file = file;
        this.size = size;
        this.threads = threads;
        this.growth = growth;
    }

    @Override
    public List<VectorType> types() {
        return chunks.types();
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Optional<Chunk> next() {
        if (isEnded()) {
            return Optional.empty();
        }
        Optional<Chunk> next = chunks.next();
        next.ifPresent(this::count);
        return next;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void count(Chunk chunk) {
        bytes += chunk.bytes();
        rows += chunk.row();
        long written = file.toFile().length();
        ended |= size.isReached(bytes, written);
        growth.accept(written);
    }

    @Override
    public void recycle(Chunk chunk) {
        chunks.recycle(chunk);
    }

    /** Rows passed to DuckDB. */
    synchronized long rows() {
        return rows;
    }

    synchronized long bytes() {
        return bytes;
    }
}
