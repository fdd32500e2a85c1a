package io.fanin.records.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import io.fanin.core.s3.BlockInputStream;
import io.fanin.model.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses zstd with a limited window. A frame declares the size of its window, which is native memory in addition
 * to the heap and the database, for each open object.
 */
final class BoundedZstd extends BlockInputStream {

    /** The largest window as a power of two: 64 MiB, exactly what {@code zstd --ultra -21} needs. */
    private static final int WINDOW_LOG = 26;

    private final ZstdInputStream in;

    BoundedZstd(InputStream stored) throws IOException {
        this.in = new ZstdInputStream(stored).setLongMax(WINDOW_LOG);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (ZstdIOException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ZstdIOException e) {
        if (e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
            return new LackOfMemoryException(
                    FailureCode.BAD_ZSTD,
                    "its zstd window is larger than %d MiB: compress it without --long=27, and with less than --ultra -22"
                            .formatted(1 << (WINDOW_LOG - 20)),
                    e);
        }
        if (e.getErrorCode() == Zstd.errMemoryAllocation()) {
            return new LackOfMemoryException(
                    FailureCode.OUT_OF_MEMORY,
                    "the function has too little memory left for its zstd window: raise the stack's parameter ProcessorMemory",
                    e);
        }
        return e;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
