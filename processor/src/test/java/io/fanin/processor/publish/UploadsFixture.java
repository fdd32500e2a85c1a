package io.fanin.processor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.FakeS3;
import io.fanin.model.table.TableName;
import io.fanin.processor.VersionedFiles;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Files on the disk, and their uploads into one partition. Closing it fails where a test has left an upload under way.
 */
final class UploadsFixture implements AutoCloseable {

    static final String LAKE = "lake";
    static final String FOLDER = "flights/hour=1/";
    static final String FIRST = FOLDER + VersionedFiles.folder(1) + "part-00000.parquet";
    static final int PART = (int) FileUpload.PART;
    static final int MARGIN = (int) FileUpload.MARGIN;

    final FakeS3 s3 = new FakeS3().createBucket(LAKE);

    Deadline deadline = Deadline.NONE;
    private final Random random = new Random(1);
    private final Scratch scratch;

    UploadsFixture() {
        try {
            scratch = new Scratch(Files.createTempDirectory("uploads"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (scratch) {
            assertThat(s3.uploadsUnderWay()).isEmpty();
        }
    }

    /** The folder of the files. */
    Path folder() {
        return scratch.folder();
    }

    Uploads uploads() {
        return new VersionTarget(
                        new S3ObjectTarget(s3.client(), LAKE, TableName.of("analytics.flights")), VersionedFiles.TOKEN)
                .uploads(FOLDER, deadline);
    }

    /** Opens after this number of parts. */
    CountDownLatch parts(int count) {
        CountDownLatch sent = new CountDownLatch(count);
        s3.faults().on("UploadPart").thenRunAfter(sent::countDown);
        return sent;
    }

    /** The numbers of the parts that were sent. */
    List<String> numbers() {
        return s3.log().calls("UploadPart").stream()
                .map(call -> call.fact("partNumber"))
                .toList();
    }

    Path write(String name, int bytes) throws IOException {
        return Files.write(folder().resolve(name), random(bytes));
    }

    void append(Path file, int bytes) throws IOException {
        Files.write(file, random(bytes), StandardOpenOption.APPEND);
    }

    private byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return content;
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
