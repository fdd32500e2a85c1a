package io.fanin.records.avro;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectBody;
import io.fanin.records.objects.ObjectDefectException;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * Avro's object container files. Each is read to its end: every block is decompressed, and every value skipped. Source:
 * "Object Container Files" in the specification of Avro 1.12.
 */
public final class AvroFile {

    private final ObjectSummary object;
    private final AvroBytes file;
    private final AvroBytes data;

    private AvroFile(ObjectSummary object, Runnable check) {
        this.object = object;
        this.file = new AvroBytes(check);
        this.data = new AvroBytes(check);
    }

    /**
     * The number of records.
     *
     * @param schema receives the file's schema, and throws if it is not the expected one
     * @param check is called for each buffer of the file and of its decompressed blocks; throws to end the reading
     * @throws ObjectDefectException {@code Truncated} if it is cut, {@code WrongFormat} if it is not Avro,
     *     {@code Corrupt} if it is damaged
     */
    public static long rows(ObjectSummary object, ObjectSource source, Consumer<Schema> schema, Runnable check) {
        try (ObjectBody body = new ObjectBody(source.open(object))) {
            return new AvroFile(object, check).rows(body, schema);
        }
    }

    private long rows(ObjectBody body, Consumer<Schema> schema) {
        AvroHeader header = header(file.of(body));
        schema.accept(header.schema());
        AvroValues values = new AvroValues(header.schema());
        long rows = 0;
        try {
            while (!file.isAtEnd()) {
                rows = Math.addExact(rows, rowsOfBlock(header, values));
            }
        } catch (ArithmeticException e) {
            throw corrupt("its blocks", "hold more records than can be counted", e);
        } catch (EOFException e) {
            throw cut(e);
        } catch (IOException e) {
            throw new IllegalStateException("only the ends of files and blocks are not handled", e);
        }
        return rows;
    }

    private AvroHeader header(AvroBytes in) {
        try {
            return AvroHeader.read(in);
        } catch (EOFException e) {
            throw cut(e);
        } catch (AvroHeader.ForeignFileException e) {
            throw ObjectDefectException.ofObject(
                    object.key(), FailureCode.WRONG_FORMAT, " is not Avro by its first bytes: write it again", e);
        } catch (IOException e) {
            throw corrupt("its header", e.getMessage(), e);
        }
    }

    private long rowsOfBlock(AvroHeader header, AvroValues values) throws IOException {
        String place = "the block at byte " + file.count();
        long rows = number(place);
        long length = number(place);
        if (rows < 0 || length < 0) {
            throw corrupt(place, "has %d records in %d bytes".formatted(rows, length), null);
        }
        if (length > object.size() - file.count() - AvroHeader.SYNC) {
            throw cut(null);
        }
        Block block = new Block(file, length);
        try {
            header.codec().read(block, decompressed -> {
                values.skip(rows, data.of(decompressed));
                if (!data.isAtEnd()) {
                    throw new MalformedAvroException("holds more than its %d records".formatted(rows));
                }
            });
        } catch (EOFException e) {
            throw corrupt(place, "holds less than its %d records".formatted(rows), e);
        } catch (IOException e) {
            throw corrupt(place, String.valueOf(e.getMessage()), e);
        }
        block.drain();
        if (!ByteBuffer.wrap(file.bytes(AvroHeader.SYNC)).equals(header.sync())) {
            throw corrupt(place, "is not followed by the file's sync marker", null);
        }
        return rows;
    }

    private long number(String place) throws IOException {
        try {
            return file.number(Long.SIZE);
        } catch (MalformedAvroException e) {
            throw corrupt(place, e.getMessage(), e);
        }
    }

    private ObjectDefectException cut(Throwable cause) {
        return ObjectDefectException.ofObject(
                object.key(),
                FailureCode.TRUNCATED,
                " ended in the middle of a block after %d bytes: its writer or its upload was cut short, write it again"
                        .formatted(object.size()),
                cause);
    }

    private ObjectDefectException corrupt(String place, String what, Throwable cause) {
        return ObjectDefectException.ofObject(
                object.key(),
                FailureCode.CORRUPT,
                " is damaged: %s %s; write it again".formatted(place, Printable.detail(what)),
                cause);
    }
}
