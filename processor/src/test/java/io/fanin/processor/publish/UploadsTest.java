package io.fanin.processor.publish;

import static io.fanin.processor.publish.UploadsFixture.FIRST;
import static io.fanin.processor.publish.UploadsFixture.FOLDER;
import static io.fanin.processor.publish.UploadsFixture.LAKE;
import static io.fanin.processor.publish.UploadsFixture.MARGIN;
import static io.fanin.processor.publish.UploadsFixture.PART;
import static io.fanin.processor.publish.UploadsFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.fakes.Call;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.table.TableName;
import io.fanin.processor.VersionedFiles;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Files are uploaded to S3 while they are written, and become objects when they are complete. */
class UploadsTest {

    @AutoClose
    private final UploadsFixture fixture = new UploadsFixture();

    @Test
    void partIsSentWhileTheFileIsStillWritten() throws IOException {
        Path file = fixture.write("a", PART + MARGIN);
        CountDownLatch sent = fixture.parts(1);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(file).accept(PART + MARGIN);
            await(sent);
            fixture.append(file, 3 * PART / 2);
            byte[] whole = Files.readAllBytes(file);
            uploads.add(file);
            uploads.await();
            assertThat(fixture.s3.keys(LAKE, FOLDER))
                    .as("before it is published")
                    .isEmpty();
            uploads.publish();

            assertThat(fixture.s3.get(LAKE, FIRST)).contains(whole);
        }
        assertThat(fixture.numbers()).containsExactly("1", "2", "3");
        assertThat(file).doesNotExist();
    }

    /** S3 would refuse each file with an error that is retried forever. */
    @Test
    void folderWhoseFilesHaveTooLongNamesIsThePartitionsOwnFault() {
        VersionTarget target = new VersionTarget(
                new S3ObjectTarget(fixture.s3.client(), LAKE, TableName.of("analytics.flights")), VersionedFiles.TOKEN);

        assertThatThrownBy(() -> target.uploads("flights/name=" + "%3A".repeat(330) + "/", Deadline.NONE))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("and S3 takes 1024 at most")
                .extracting("code")
                .isEqualTo(FailureCode.INVALID_LOCATION);
    }

    @Test
    void partWithoutMarginWaitsForTheWholeFile() throws IOException {
        Path file = fixture.write("a", PART + MARGIN);
        CountDownLatch sent = fixture.parts(1);

        try (Uploads uploads = fixture.uploads()) {
            LongConsumer growth = uploads.begin(file);
            growth.accept(PART + MARGIN);
            await(sent);
            fixture.append(file, PART - 1);
            growth.accept(2 * PART + MARGIN - 1);
        }

        assertThat(fixture.numbers()).containsExactly("1");
        assertThat(fixture.s3.keys(LAKE, FOLDER)).isEmpty();
    }

    @Test
    void fileShorterThanAPartIsOneRequest() throws IOException {
        Path file = fixture.write("a", PART - 1);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(file).accept(PART - 1);
            uploads.add(file);
            uploads.await();
            assertThat(fixture.s3.log().calls()).extracting(Call::operation).containsExactly("ListObjectsV2");
            uploads.publish();
        }

        assertThat(fixture.s3.log().calls())
                .extracting(Call::operation)
                .containsExactly("ListObjectsV2", "PutObject", "ListObjectsV2");
    }

    @Test
    void fileOfExactlyAPartHasNoEmptyOne() throws IOException {
        Path file = fixture.write("a", PART);

        try (Uploads uploads = fixture.uploads()) {
            uploads.add(file);
            uploads.await();
            uploads.publish();
        }

        assertThat(fixture.numbers()).containsExactly("1");
        assertThat(fixture.s3.get(LAKE, FIRST))
                .hasValueSatisfying(object -> assertThat(object).hasSize(PART));
    }

    @Test
    void shortFirstFileIsSentWhenAnotherOneBegins() throws IOException {
        Path first = fixture.write("a", 100);
        Path second = fixture.write("b", PART + MARGIN);
        byte[] one = Files.readAllBytes(first);
        byte[] two = Files.readAllBytes(second);
        CountDownLatch sent = fixture.parts(2);

        try (Uploads uploads = fixture.uploads()) {
            uploads.begin(first).accept(100);
            uploads.add(first);
            uploads.begin(second).accept(PART + MARGIN);
            await(sent);
            assertThat(first).doesNotExist();
            uploads.add(second);
            uploads.await();
            uploads.publish();
        }

        assertThat(fixture.s3.get(LAKE, FIRST)).contains(one);
        assertThat(fixture.s3.get(LAKE, FOLDER + VersionedFiles.folder(1) + "part-00001.parquet"))
                .contains(two);
    }

    @Test
    void noMoreThanTwoCompleteFilesWaitOnTheDisk() throws IOException {
        List<Path> files = List.of(
                fixture.write("a", 100), fixture.write("b", 100), fixture.write("c", 100), fixture.write("d", 100));

        try (Uploads uploads = fixture.uploads()) {
            for (int i = 0; i < files.size(); i++) {
                uploads.begin(files.get(i));
                uploads.add(files.get(i));
                if (i >= 2) {
                    assertThat(files.get(i - 2)).doesNotExist();
                }
            }
        }
    }
}
