package io.fanin.processor.publish;

import static io.fanin.processor.publish.UploadsFixture.FOLDER;
import static io.fanin.processor.publish.UploadsFixture.LAKE;
import static io.fanin.processor.publish.UploadsFixture.MARGIN;
import static io.fanin.processor.publish.UploadsFixture.PART;
import static io.fanin.processor.publish.UploadsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
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
}
