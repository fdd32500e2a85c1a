package io.fanin.core.s3;

import java.io.IOException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * A response's body that is either read to its full length or fails: a connection that closes early is not the end of
 * the object. If closed before its end, it drops the connection instead of reading the rest.
 */
final class WholeBody extends BlockInputStream {
    private final ResponseInputStream<?> response;
    private final Supplier<String> name;
    private final long length;
    private long count;
    private boolean ended;

    /** @param name the object's, for messages */
    WholeBody(ResponseInputStream<?> response, Supplier<String> name, long length) {
        this.response = response;
        this.name = name;
        this.length = length;
    }

    @Override
    public int read(byte[] bytes, int offset, int size) throws IOException {
        int read = fetch(bytes, offset, size);
        if (read < 0 && count != length) {
            throw endedEarly("the connection was closed", null);
        }
        ended |= read < 0;
        count += Math.max(read, 0);
        return read;
    }

    private int fetch(byte[] bytes, int offset, int size) throws IOException {
        try {
            return response.read(bytes, offset, size);
        } catch (IOException e) {
            throw endedEarly(e.getMessage(), e);
        }
    }

    private IOException endedEarly(String why, IOException cause) {
        return new IOException(
                "object %s ended after %d of %d bytes (%s): try again".formatted(name.get(), count, length, why),
                cause);
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            response.close();
        } else {
            response.abort();
        }
    }
}
