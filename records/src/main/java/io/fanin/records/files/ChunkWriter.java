package io.fanin.records.files;

import io.fanin.records.duckdb.Chunk;
import io.fanin.records.raw.RecordSink;
import java.io.IOException;

/** Writes the records of one reader into chunks, and passes on full chunks, which may have rows of several objects. */
final class ChunkWriter implements RecordSink {

    private final Chunks chunks;
    private final BadRecords badRecords;
    private final NameMatch names;
    private Chunk chunk;
    private String object = "";
    private boolean anySound;

    ChunkWriter(Chunks chunks, BadRecords badRecords, NameMatch names) throws IOException {
        this.chunks = chunks;
        this.badRecords = badRecords;
        this.names = names;
        this.chunk = chunks.empty();
    }

    /** Starts the records of another object. */
    void object(String uri) {
        object = uri;
    }

    @Override
    public Chunk chunk() {
        return chunk;
    }

    @Override
    public void good() throws IOException {
        chunk.endRow();
        if (!anySound) {
            anySound = true;
            badRecords.soundSeen();
        }
        if (chunk.isFull()) {
            passOn();
            chunk = chunks.empty();
        }
    }

    @Override
    public void bad(long line, String reason, byte[] raw) throws IOException {
        badRecords.add(object, line, reason, raw);
        chunks.check();
    }

    @Override
    public void stray(String name) {
        names.add(name);
    }

    /** Passes on the last chunk, when everything is read. */
    void finish() {
        if (chunk.row() > 0) {
            passOn();
        }
    }

    private void passOn() {
        names.add(chunk);
        chunks.full(chunk);
    }
}
