package io.fanin.records.objects;

import io.fanin.core.s3.BlockInputStream;
import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.compression.Compression;
import io.fanin.records.compression.ForeignBytesException;
import io.fanin.records.compression.LackOfMemoryException;
import io.fanin.records.compression.UnreadByTablesException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.function.IOFunction;

/**
 * Decompresses an object: all of its parts. Opening and reading throw {@link ObjectDefectException} with
 * {@link FailureCode#TRUNCATED} where it is cut, with the compression's own failure where it is damaged, other bytes
 * follow the last part, or it needs more memory than is allowed, and with {@link FailureCode#OUT_OF_MEMORY} where not
 * even the allowed memory is available.
 */
final class CompressedContent extends BlockInputStream {

    private final Compression compression;
    private final ObjectSummary object;
    private final ObjectBody body;
    private final InputStream in;

    private CompressedContent(
            Compression compression,
            ObjectSummary object,
            ObjectBody body,
            IOFunction<InputStream, InputStream> decompressing) {
        this.compression = compression;
        this.object = object;
        this.body = body;
        try {
            this.in = decompressing.apply(body);
        } catch (IOException e) {
            throw unsound(e);
        }
    }

    /** Opens raw data. */
    static CompressedContent of(Compression compression, ObjectSummary object, ObjectBody body) {
        return new CompressedContent(compression, object, body, compression::decompressing);
    }

    /** Opens an object of a table, whose readers do not accept all valid compressed data. */
    static CompressedContent ofTable(Compression compression, ObjectSummary object, ObjectBody body) {
        return new CompressedContent(compression, object, body, compression::decompressingAsTables);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw unsound(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String cut() {
        if (object.size() == 0) {
            return "is empty, without a header";
        }
        return body.count() < object.size()
                ? "ends in the middle of %s, after %d bytes of %d"
                        .formatted(compression.part(), body.count(), object.size())
                : "ends in the middle of %s, after all of its %d bytes".formatted(compression.part(), object.size());
    }

    private ObjectDefectException unsound(IOException cause) {
        if (cause instanceof LackOfMemoryException lack) {
            return ObjectDefectException.ofObject(
                    object.key(), lack.code(), " cannot be decompressed: " + lack.getMessage(), lack);
        }
        if (cause instanceof UnreadByTablesException) {
            return ObjectDefectException.ofObject(
                    object.key(),
                    compression.damage(),
                    " cannot be decompressed by query engines: " + cause.getMessage(),
                    cause);
        }
        boolean cut = cause instanceof EOFException || (body.ended() && !(cause instanceof ForeignBytesException));
        return cut
                ? ObjectDefectException.ofObject(
                        object.key(),
                        FailureCode.TRUNCATED,
                        " %s: its writer or its upload was cut short, write it again".formatted(cut()),
                        cause)
                : ObjectDefectException.ofObject(
                        object.key(),
                        compression.damage(),
                        " is not sound %s (%s, within the first %d bytes of %d): write it again"
                                .formatted(
                                        compression.label(),
                                        Printable.detail(String.valueOf(cause.getMessage())),
                                        body.count(),
                                        object.size()),
                        cause);
    }
}
