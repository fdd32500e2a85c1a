package io.fanin.processor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.table.TableName;
import io.fanin.fakes.Call;
import io.fanin.fakes.FakeS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Files go to S3 while they are written, and become what they are when they are complete. */
class UploadsTest {

    private static final String LAKE = "lake";
    private static final String FOLDER = "flights/hour=1/";
    private static final String FIRST = FOLDER + "part-00000.parquet";
    private static final int PART = (int) FileUpload.PART;
    private static final int MARGIN = (int) FileUpload.MARGIN;

    @TempDir
    private Path folder;

    private final FakeS3 s3 = new FakeS3().createBucket(LAKE);
    private final Random random = new Random(1);

    @AfterEach
    void nothingIsUnderWay() {
        assertThat(s3.uploadsUnderWay()).isEmpty();
    }

    @Test
    void partIsSentWhileTheFileIsStillWritten() throws IOException {
        Path file = write("a", PART + MARGIN);
        CountDownLatch sent = parts(1);

        try (Uploads uploads = uploads()) {
            uploads.begin(file).accept(PART + MARGIN);
            await(sent);
            append(file, 3 * PART / 2);
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            assertThat(s3.keys(LAKE, FOLDER)).as("before it is published").isEmpty();
            uploads.publish();

            assertThat(s3.get(LAKE, FIRST)).contains(whole);
        }
        assertThat(numbers()).containsExactly("1", "2", "3");
        assertThat(file).doesNotExist();
    }

    @Test
    void partWithoutMarginWaitsForTheWholeFile() throws IOException {
        Path file = write("a", PART + MARGIN);
        CountDownLatch sent = parts(1);

        try (Uploads uploads = uploads()) {
            LongConsumer growth = uploads.begin(file);
            growth.accept(PART + MARGIN);
            await(sent);
            append(file, PART - 1);
            growth.accept(2 * PART + MARGIN - 1);
        }

        assertThat(numbers()).containsExactly("1");
        assertThat(s3.keys(LAKE, FOLDER)).isEmpty();
    }

    @Test
    void partThatChangesAfterItWasSentIsRepeated() throws IOException {
        Path file = write("a", 2 * PART + MARGIN);
        CountDownLatch sent = parts(2);

        try (Uploads uploads = uploads()) {
            uploads.begin(file).accept(2 * PART + MARGIN);
            await(sent);
            overwrite(file, PART - 1, 1);
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            uploads.publish();

            assertThat(s3.get(LAKE, FIRST)).contains(whole);
        }
        assertThat(numbers()).containsExactly("1", "2", "1", "3");
    }

    @Test
    void partThatChangesWhileItIsSentIsRepeated() throws IOException {
        Path file = write("a", PART + MARGIN);
        CountDownLatch sent = new CountDownLatch(1);
        s3.faults().on("CreateMultipartUpload").thenRun(() -> overwrite(file, 0, 8));
        s3.faults().on("UploadPart").first(1).thenRunAfter(sent::countDown);

        try (Uploads uploads = uploads()) {
            uploads.begin(file).accept(PART + MARGIN);
            await(sent);
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            uploads.publish();

            assertThat(s3.get(LAKE, FIRST)).contains(whole);
        }
        assertThat(numbers()).as("sent right, but nobody can know").containsExactly("1", "1", "2");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 1})
    void fileThatShrinksIsUploadedAsItEnds(int megabytes) throws IOException {
        Path file = write("a", 2 * PART + MARGIN);
        CountDownLatch sent = parts(2);

        try (Uploads uploads = uploads()) {
            uploads.begin(file).accept(2 * PART + MARGIN);
            await(sent);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate((long) megabytes << 20);
            }
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            uploads.publish();

            assertThat(s3.get(LAKE, FIRST)).contains(whole);
        }
    }

    @Test
    void fileShorterThanAPartIsOneRequest() throws IOException {
        Path file = write("a", PART - 1);

        try (Uploads uploads = uploads()) {
            uploads.begin(file).accept(PART - 1);
            uploads.add(file);
            uploads.await();
            assertThat(s3.log().calls()).extracting(Call::operation).containsExactly("ListObjectsV2");
            uploads.publish();
        }

        assertThat(s3.log().calls())
                .extracting(Call::operation)
                .containsExactly("ListObjectsV2", "PutObject", "ListObjectsV2");
    }

    @Test
    void fileOfExactlyAPartHasNoEmptyOne() throws IOException {
        Path file = write("a", PART);

        try (Uploads uploads = uploads()) {
            uploads.add(file);
            uploads.await();
            uploads.publish();
        }

        assertThat(numbers()).containsExactly("1");
        assertThat(s3.get(LAKE, FIRST))
                .hasValueSatisfying(object -> assertThat(object).hasSize(PART));
    }

    @Test
    void shortFirstFileIsSentWhenAnotherOneBegins() throws IOException {
        Path first = write("a", 100);
        Path second = write("b", PART + MARGIN);
        byte[] one = Files.readAllBytes(first);
        byte[] two = Files.readAllBytes(second);
        CountDownLatch sent = parts(2);

        try (Uploads uploads = uploads()) {
            uploads.begin(first).accept(100);
            uploads.add(first);
            uploads.begin(second).accept(PART + MARGIN);
            await(sent);
            assertThat(first).doesNotExist();
            uploads.add(second);
            uploads.await();
            uploads.publish();
        }

        assertThat(s3.get(LAKE, FIRST)).contains(one);
        assertThat(s3.get(LAKE, FOLDER + "part-00001.parquet")).contains(two);
    }

    @Test
    void noMoreThanTwoCompleteFilesWaitOnTheDisk() throws IOException {
        List<Path> files = List.of(write("a", 100), write("b", 100), write("c", 100), write("d", 100));

        try (Uploads uploads = uploads()) {
            for (int i = 0; i < files.size(); i++) {
                uploads.begin(files.get(i));
                uploads.add(files.get(i));
                if (i >= 2) {
                    assertThat(files.get(i - 2)).doesNotExist();
                }
            }
        }
    }

    @Test
    void failureOfAnEarlyPartIsThrownUnchanged() throws IOException {
        s3.faults().on("UploadPart").nth(1).thenFail(403, "AccessDenied", "no");

        assertEarlyPartFails(S3Exception.class);
    }

    @Test
    void lostConnectionOfAnEarlyPartIsThrownUnchanged() throws IOException {
        s3.faults().on("UploadPart").thenDrop();

        assertEarlyPartFails(SdkClientException.class);
    }

    private void assertEarlyPartFails(Class<? extends Exception> type) throws IOException {
        Path file = write("a", 2 * PART + MARGIN);

        try (Uploads uploads = uploads()) {
            uploads.begin(file).accept(2 * PART + MARGIN);
            uploads.add(file);

            assertThatThrownBy(uploads::await).isInstanceOf(type);
        }
        assertThat(s3.keys(LAKE, FOLDER)).isEmpty();
    }

    @Test
    void closingAwaitsTheCurrentRequestAndMakesNoOther() throws Exception {
        Path file = write("a", 3 * PART);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        s3.faults().on("UploadPart").thenRun(() -> {
            entered.countDown();
            await(closing);
            assertThat(file).exists();
            ended.set(true);
        });

        Uploads uploads = uploads();
        uploads.begin(file).accept(3 * PART);
        await(entered);
        Thread closer = Thread.ofPlatform().start(uploads::close);
        while (closer.isAlive() && !isWaiting(closer)) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closer.join();

        assertThat(ended).isTrue();
        assertThat(numbers()).containsExactly("1");
        assertThat(s3.log().count("AbortMultipartUpload")).isOne();
    }

    @Test
    void fileThatIsNeverCompletedIsGivenUp() throws IOException {
        try (Uploads uploads = uploads()) {
            uploads.begin(folder.resolve("never")).accept(0);
        }

        assertThat(s3.log().calls()).extracting(Call::operation).containsExactly("ListObjectsV2");
    }

    private Uploads uploads() {
        return Uploads.into(
                new S3ObjectTarget(s3.client(), LAKE, TableName.of("analytics.flights"), Optional.empty()), FOLDER);
    }

    /** Opens after so many parts. */
    private CountDownLatch parts(int count) {
        CountDownLatch sent = new CountDownLatch(count);
        s3.faults().on("UploadPart").thenRunAfter(sent::countDown);
        return sent;
    }

    private List<String> numbers() {
        return s3.log().calls("UploadPart").stream()
                .map(call -> call.fact("partNumber"))
                .toList();
    }

    private Path write(String name, int bytes) throws IOException {
        return Files.write(folder.resolve(name), random(bytes));
    }

    private void append(Path file, int bytes) throws IOException {
        Files.write(file, random(bytes), StandardOpenOption.APPEND);
    }

    private byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return content;
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

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
