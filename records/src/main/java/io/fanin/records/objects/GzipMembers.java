package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Decompresses all members of a gzip stream, each verified by its CRC and length.
 *
 * <p>Not {@link java.util.zip.GZIPInputStream}, which in older Java versions (17 does, 25 does not) takes {@code
 * available() == 0} for the end and drops every further member. What follows the last member is refused: Hadoop's
 * readers fail on it (BuiltInGzipDecompressor, "not a gzip file"), while Trino drops it silently.
 */
final class GzipMembers extends BlockInputStream {

    private final EmptyGzipGuard limit;
    private final InputStream members;

    GzipMembers(InputStream stored) throws IOException {
        this.limit = new EmptyGzipGuard(stored);
        this.members = GzipCompressorInputStream.builder()
                .setInputStream(limit)
                .setDecompressConcatenated(true)
                .get();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = members.read(bytes, offset, length);
        limit.renew();
        return read;
    }

    @Override
    public void close() throws IOException {
        members.close();
    }
}
