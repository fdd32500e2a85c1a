package io.fanin.processor.publish;

import static io.fanin.processor.publish.UploadsFixture.FIRST;
import static io.fanin.processor.publish.UploadsFixture.LAKE;
import static io.fanin.processor.publish.UploadsFixture.MARGIN;
import static io.fanin.processor.publish.UploadsFixture.PART;
import static io.fanin.processor.publish.UploadsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that are sent of a file that changes after it was sent in part. */
class ChangedFileUploadTest {

    @AutoClose
    private final UploadsFixture fixture = new UploadsFixture();

    @Test
    void partThatChangesAfterItWasSentIsRepeated() throws IOException {
        Path file = fixture.write("a", 2 * PART + MARGIN);
        CountDownLatch sent = fixture.parts(2);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(file).accept(2 * PART + MARGIN);
            await(sent);
            overwrite(file, PART - 1, 1);
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            uploads.publish();

            assertThat(fixture.s3.get(LAKE, FIRST)).contains(whole);
        }
        assertThat(fixture.numbers()).containsExactly("1", "2", "1", "3");
    }

    @Test
    void partThatChangesWhileItIsSentIsRepeated() throws IOException {
        Path file = fixture.write("a", PART + MARGIN);
        CountDownLatch sent = new CountDownLatch(1);
        fixture.s3.faults().on("CreateMultipartUpload").thenRun(() -> overwrite(file, 0, 8));
        fixture.s3.faults().on("UploadPart").first(1).thenRunAfter(sent::countDown);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(file).accept(PART + MARGIN);
            await(sent);
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            uploads.publish();

            assertThat(fixture.s3.get(LAKE, FIRST)).contains(whole);
        }
        assertThat(fixture.numbers()).as("sent right, but nobody can know").containsExactly("1", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 1})
    void fileThatShrinksIsUploadedAsItEnds(int megabytes) throws IOException {
        Path file = fixture.write("a", 2 * PART + MARGIN);
        CountDownLatch sent = fixture.parts(2);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(file).accept(2 * PART + MARGIN);
            await(sent);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate((long) megabytes << 20);
            }
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            uploads.publish();

            assertThat(fixture.s3.get(LAKE, FIRST)).contains(whole);
        }
    }

    private static void overwrite(Path file, long offset, int bytes) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer there = ByteBuffer.allocate(bytes);
            channel.read(there, offset);
            for (int i = 0; i < bytes; i++) {
                there.put(i, (byte) ~there.get(i));
            }
            channel.write(there.flip(), offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
