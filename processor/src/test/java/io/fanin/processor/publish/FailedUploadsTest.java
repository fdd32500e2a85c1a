package io.fanin.processor.publish;

import static io.fanin.processor.publish.UploadsFixture.FOLDER;
import static io.fanin.processor.publish.UploadsFixture.LAKE;
import static io.fanin.processor.publish.UploadsFixture.MARGIN;
import static io.fanin.processor.publish.UploadsFixture.PART;
import static io.fanin.processor.publish.UploadsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Call;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads that fail, and uploads that are given up, leave nothing in the bucket. */
class FailedUploadsTest {

    @AutoClose
    private final UploadsFixture fixture = new UploadsFixture();

    @Test
    void failureOfAnEarlyPartIsThrownUnchanged() throws IOException {
        fixture.s3.faults().on("UploadPart").nth(1).thenFail(403, "AccessDenied", "no");

        assertEarlyPartFails(S3Exception.class);
    }

    @Test
    void lostConnectionOfAnEarlyPartIsThrownUnchanged() throws IOException {
        fixture.s3.faults().on("UploadPart").thenDrop();

        assertEarlyPartFails(SdkClientException.class);
    }

    private void assertEarlyPartFails(Class<? extends Exception> type) throws IOException {
        Path file = fixture.write("a", 2 * PART + MARGIN);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(file).accept(2 * PART + MARGIN);
            uploads.add(file);

            assertThatThrownBy(uploads::await).isInstanceOf(type);
        }
        assertThat(fixture.s3.keys(LAKE, FOLDER)).isEmpty();
    }

    @Test
    void closingAwaitsTheCurrentRequestAndMakesNoOther() throws Exception {
        Path file = fixture.write("a", 3 * PART);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        fixture.s3.faults().on("UploadPart").thenRun(() -> {
            entered.countDown();
            await(closing);
            assertThat(file).exists();
            ended.set(true);
        });

        Uploads uploads = fixture.uploads();
        uploads.begin(file).accept(3 * PART);
        await(entered);
        Thread closer = Thread.ofPlatform().start(uploads::close);
        while (closer.isAlive() && !isWaiting(closer)) {
            Thread.onSpinWait();
        }
        closing.countDown();
        closer.join();

        assertThat(ended).isTrue();
        assertThat(fixture.numbers()).containsExactly("1");
        assertThat(fixture.s3.log().count("AbortMultipartUpload")).isOne();
    }

    @Test
    void fileThatIsNeverCompletedIsGivenUp() throws IOException {
        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(fixture.folder().resolve("never")).accept(0);
        }

        assertThat(fixture.s3.log().calls()).extracting(Call::operation).containsExactly("ListObjectsV2");
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, BLOCKED, TERMINATED -> false;
        };
    }

    /** The batch's result has to be written before Lambda ends the function. */
    @Test
    void sendingEndsAtTheDeadline() throws IOException {
        CountDownLatch stalled = new CountDownLatch(1);
        fixture.s3.faults().on("UploadPart").first(1).thenRun(() -> uninterruptibly(stalled));
        fixture.deadline = new Deadline(new AtomicLong(10_200)::get);
        try (Uploads uploads = fixture.uploads()) {
            uploads.add(fixture.write("0.parquet", UploadsFixture.PART));
            uploads.add(fixture.write("1.parquet", 9));

            assertThatThrownBy(uploads::await)
                    .isInstanceOfSatisfying(
                            ConversionException.class,
                            late -> assertThat(late.code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED));
            stalled.countDown();
        }
        assertThat(fixture.s3.keys(UploadsFixture.LAKE, "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PutObject, 9", "CompleteMultipartUpload, " + UploadsFixture.PART})
    void requestThatPublishesIsAwaitedUntilTheDeadlineOnly(String request, int bytes) throws IOException {
        CountDownLatch stalled = new CountDownLatch(1);
        fixture.s3.faults().on(request).thenRun(() -> uninterruptibly(stalled));
        fixture.deadline = new Deadline(new AtomicLong(10_500)::get);
        try (Uploads uploads = fixture.uploads()) {
            uploads.add(fixture.write("0.parquet", bytes));

            assertThatThrownBy(uploads::publish)
                    .isInstanceOf(ConversionException.class)
                    .hasMessageContaining("it was not published whole");
            stalled.countDown();
        }
    }

    /** Closing does not wait for S3 any longer, and the upload has no id yet. */
    @Test
    void uploadThatBeginsAfterAllIsClosedIsAborted() throws IOException {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        fixture.s3.faults().on("CreateMultipartUpload").thenRun(() -> uninterruptibly(stalled));
        fixture.s3.faults().on("AbortMultipartUpload").thenRunAfter(aborted::countDown);
        fixture.deadline = new Deadline(new AtomicLong(10_200)::get);
        try (Uploads uploads = fixture.uploads()) {
            uploads.add(fixture.write("0.parquet", UploadsFixture.PART));

            assertThatThrownBy(uploads::await).isInstanceOf(ConversionException.class);
        }
        stalled.countDown();

        await(aborted);
    }

    /** A partly published version is in a folder to which no partition points. */
    @Test
    void publishingEndsAtTheDeadline() throws IOException {
        AtomicLong remaining = new AtomicLong(60_000);
        fixture.s3.faults().on("CompleteMultipartUpload").first(2).thenRunAfter(() -> remaining.addAndGet(-26_000));
        fixture.deadline = new Deadline(remaining::get);
        try (Uploads uploads = fixture.uploads()) {
            for (int i = 0; i < 5; i++) {
                uploads.add(fixture.write(i + ".parquet", 9));
            }
            uploads.await();

            assertThatThrownBy(uploads::publish)
                    .isInstanceOf(ConversionException.class)
                    .hasMessageContaining("2 of 5 files were published");
        }
        assertThat(fixture.s3.log().count("CompleteMultipartUpload")).isEqualTo(2);
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
