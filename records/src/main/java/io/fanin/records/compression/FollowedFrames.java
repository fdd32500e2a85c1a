package io.fanin.records.compression;

import io.fanin.core.s3.BlockInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.function.IOFunction;

/** Decompresses frames, and throws if the stored bytes end within one, or continue with other data. */
final class FollowedFrames extends BlockInputStream {

    private final InputStream stored;
    private final Frames frames;
    private final InputStream in;

    /** @param decoder decompresses the stored bytes; the frames decide whether its end is valid */
    FollowedFrames(InputStream stored, Frames frames, IOFunction<InputStream, InputStream> decoder) throws IOException {
        this.stored = stored;
        this.frames = frames;
        try {
            this.in = decoder.apply(new Followed());
        } catch (StackOverflowError e) {
            throw tooMany(e);
        }
    }

    /** The failure for too many empty frames, for each of which the decoders of lz4 and snappy recurse. */
    private static IOException tooMany(StackOverflowError cause) {
        return new IOException("it has thousands of empty frames, one after the other", cause);
    }

    /** The stored bytes, which are passed to the frames as they are read. */
    private final class Followed extends BlockInputStream {

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stored.read(bytes, offset, length);
            frames.next(bytes, offset, offset + Math.max(read, 0));
            return read;
        }

        @Override
        public void close() throws IOException {
            stored.close();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            if (frames.isForeign()) {
                throw new ForeignBytesException(frames.part());
            }
            throw e;
        } catch (StackOverflowError e) {
            throw tooMany(e);
        }
        if (read < 0 && frames.isForeign()) {
            throw new ForeignBytesException(frames.part());
        }
        if (read < 0 && !frames.isBetween()) {
            throw new EOFException("the end of a " + frames.part() + " is missing");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
