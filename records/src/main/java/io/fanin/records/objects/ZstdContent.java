package io.fanin.records.objects;

import com.github.luben.zstd.ZstdInputStream;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses a Zstandard object: all frames, skippable ones passed over. Reading throws {@link ObjectDefectException} with
 * {@link FailureCode#TRUNCATED} or {@link FailureCode#BAD_ZSTD}; what follows the last frame is refused, zeros too.
 */
final class ZstdContent extends BlockInputStream {

    private final ObjectSummary object;
    private final ObjectBody body;
    private final ZstdFrames frames = new ZstdFrames();
    private final InputStream in;

    ZstdContent(ObjectSummary object, ObjectBody body) throws IOException {
        this.object = object;
        this.body = body;
        this.in = new ZstdInputStream(new Followed());
    }

    /** The stored bytes, whose frames are followed. */
    private final class Followed extends BlockInputStream {

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int read = body.read(bytes, offset, length);
            frames.next(bytes, offset, offset + Math.max(read, 0));
            return read;
        }

        @Override
        public void close() {
            body.close();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw body.ended() && !frames.isForeign() ? truncated(e) : damaged(String.valueOf(e.getMessage()), e);
        }
        if (read < 0 && frames.isForeign()) {
            throw damaged("other bytes after a frame", null);
        }
        if (read < 0 && !frames.isBetween()) {
            throw truncated(null);
        }
        return read;
    }

    private ObjectDefectException truncated(IOException cause) {
        return ObjectDefectException.ofObject(
                object.key(),
                FailureCode.TRUNCATED,
                " ended in the middle of a zstd frame after %d bytes of %d: its writer or its upload was cut short, write it again"
                        .formatted(body.count(), object.size()),
                cause);
    }

    private ObjectDefectException damaged(String what, IOException cause) {
        return ObjectDefectException.ofObject(
                object.key(),
                FailureCode.BAD_ZSTD,
                " is not sound zstd (%s, within the first %d bytes of %d): write it again"
                        .formatted(Printable.detail(what), body.count(), object.size()),
                cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
