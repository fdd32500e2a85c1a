package io.fanin.processor.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the records of one worker into pieces, and hands on each piece that is full. */
final class PieceWriter implements RecordSink, AutoCloseable {

    private final Pieces pieces;
    private final BadRecords badRecords;
    private final RecordBuffer buffer = new RecordBuffer();
    private Optional<Open> open = Optional.empty();
    private String object = "";
    private long records;

    PieceWriter(Pieces pieces, BadRecords badRecords) {
        this.pieces = pieces;
        this.badRecords = badRecords;
    }

    /** The piece that is being written. */
    private static final class Open {
        private final Path file;
        private final OutputStream out;
        private long bytes;

        Open(Path file) throws IOException {
            this.file = file;
            this.out = Files.newOutputStream(file);
        }
    }

    /** The records that follow are this object's. */
    void object(String uri) {
        object = uri;
    }

    @Override
    public RecordBuffer buffer() {
        return buffer;
    }

    @Override
    public void good() throws IOException {
        buffer.endRecord();
        records++;
        pieces.counted();
        if (buffer.isFull()) {
            flush();
        }
    }

    @Override
    public void bad(long line, String reason, byte[] raw) throws IOException {
        badRecords.add(object, line, reason, raw);
        pieces.check();
    }

    private void flush() throws IOException {
        pieces.check();
        if (open.isEmpty()) {
            open = Optional.of(new Open(pieces.newFile()));
        }
        Open piece = open.get();
        piece.bytes += buffer.flush(piece.out);
        if (piece.bytes >= pieces.pieceBytes()) {
            handOn(piece);
        }
    }

    private void handOn(Open piece) throws IOException {
        piece.out.close();
        open = Optional.empty();
        pieces.full(new Piece(piece.file, piece.bytes, records, pieces.pieceBytes()));
        records = 0;
    }

    /** Hands on what there is, when all has been read. */
    void finish() throws IOException {
        if (records > 0) {
            flush();
        }
        if (open.isPresent()) {
            handOn(open.get());
        }
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().out.close();
        }
    }
}
