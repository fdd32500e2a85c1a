package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Decompresses a gzip object: all members, each verified by its CRC and length. Opening and reading throw {@link
 * ObjectDefectException} with {@link FailureCode#TRUNCATED} or {@link FailureCode#BAD_GZIP}.
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}, which in older Java versions (17 does, 25 does not) takes {@code
 * available() == 0} for the end and drops every further member. What follows the last member is refused: Hadoop's
 * readers fail on it (BuiltInGzipDecompressor, "not a gzip file"), while Trino drops it silently.
 */
final class GzipContent extends BlockInputStream {
    private final ObjectSummary object;
    private final ObjectBody body;
    private final EmptyGzipGuard limit;
    private final InputStream members;

    GzipContent(ObjectSummary object, ObjectBody body) {
        this.object = object;
        this.body = body;
        this.limit = new EmptyGzipGuard(body);
        try {
            members = GzipCompressorInputStream.builder()
                    .setInputStream(limit)
                    .setDecompressConcatenated(true)
                    .get();
        } catch (IOException e) {
            throw unsound(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            int read = members.read(bytes, offset, length);
            limit.renew();
            return read;
        } catch (IOException e) {
            throw unsound(e);
        }
    }

    @Override
    public void close() throws IOException {
        members.close();
    }

    private ObjectDefectException unsound(IOException cause) {
        if (cause instanceof EOFException || body.ended()) {
            return ObjectDefectException.ofObject(
                    object.key(),
                    FailureCode.TRUNCATED,
                    " ended in the middle of the gzip stream after %d bytes of %d: its writer or its upload was cut short, write it again"
                            .formatted(body.count(), object.size()));
        }
        return ObjectDefectException.ofObject(
                object.key(),
                FailureCode.BAD_GZIP,
                " is not sound gzip (%s, within the first %d bytes of %d): write it again"
                        .formatted(Printable.detail(cause.getMessage()), body.count(), object.size()));
    }
}
