package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.LAKE;
import static io.fanin.processor.convert.ConversionFixture.TO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.fakes.Call;
import io.fanin.fakes.Fault;
import io.fanin.model.failure.FailureCode;
import io.fanin.processor.VersionedFiles;
import io.fanin.processor.publish.FileUpload;
import io.fanin.records.files.ConversionReport;
import io.fanin.records.scratch.ConversionException;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The first parts of a Parquet file are uploaded to S3 while the partition is still read. The source's last object is
 * held back until the first part is sent.
 */
class UploadWhileWritingTest {

    private static final int OBJECTS = 60;
    private static final String LAST = "z.json";

    private final CountDownLatch sent = new CountDownLatch(1);

    @AutoClose
    private final ConversionFixture fixture = new ConversionFixture();

    /**
     * A row group of 21 MB, which does not become much smaller, and one reader, who reads the objects in their order.
     */
    @BeforeEach
    void makePartitionOfSixtyMegabytes() {
        fixture.settings = new ConversionSettings(fixture.scratch(), 1L << 30, 128L << 20, 1, 1, 1L << 20);
        Random random = new Random(1);
        byte[] bytes = new byte[7_500];
        for (int object = 0; object < OBJECTS; object++) {
            StringBuilder lines = new StringBuilder();
            for (int line = 0; line < 100; line++) {
                random.nextBytes(bytes);
                lines.append("{\"id\":%d,\"name\":\"%s\"}\n"
                        .formatted(object * 100 + line, Base64.getEncoder().encodeToString(bytes)));
            }
            fixture.raw("a%02d.json".formatted(object), lines.toString());
        }
        fixture.raw(LAST, "{\"id\":-1}");
    }

    @Test
    void firstPartIsSentBeforeTheLastObjectIsRead() throws IOException {
        fixture.s3.faults().on("UploadPart").thenRunAfter(sent::countDown);
        holdLastObjectBack();
        fixture.s3
                .faults()
                .on("CompleteMultipartUpload")
                .thenRun(() -> assertThat(fixture.written()).isEmpty());

        ConversionReport.Converted converted = fixture.converted();

        assertThat(converted.rows()).isEqualTo(OBJECTS * 100 + 1);
        assertThat(fixture.written()).containsExactly("part-00000.parquet");
        assertThat(fixture.rows())
                .hasSize(OBJECTS * 100 + 1)
                .doesNotHaveDuplicates()
                .contains("-1|null");
        assertThat(VersionedFiles.get(fixture.s3, LAKE, TO, "part-00000.parquet"))
                .hasValueSatisfying(object -> assertThat(fixture.s3.log().calls("UploadPart"))
                        .as("DuckDB only appends: no part is sent twice")
                        .extracting(call -> call.fact("partNumber"))
                        .isEqualTo(numbers(object.length)));
    }

    @Test
    void failureOfAPartThatIsSentEarlyLeavesNothing() {
        fixture.s3.faults().on("UploadPart").thenRun(sent::countDown);
        fixture.s3.faults().on("UploadPart").nth(1).then(new Fault.Fail(403, "AccessDenied", "no"));
        holdLastObjectBack();

        assertThatThrownBy(() -> fixture.convert()).isInstanceOf(S3Exception.class);
        assertThat(fixture.written()).isEmpty();
        assertThat(fixture.s3.log().count("UploadPart")).isOne();
    }

    @Test
    void deadlineInTheMiddleOfAnUploadLeavesNothing() {
        fixture.s3.faults().on("UploadPart").thenRunAfter(sent::countDown);
        holdLastObjectBack();
        fixture.deadline = new Deadline(() -> sent.getCount() == 0 ? 5_000 : 600_000);

        assertThatThrownBy(() -> fixture.convert())
                .isInstanceOfSatisfying(
                        ConversionException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DEADLINE_EXCEEDED));
        assertThat(fixture.written()).isEmpty();
        assertThat(operations()).containsSubsequence("UploadPart", "AbortMultipartUpload");
    }

    @Test
    void unreadableObjectLeavesNoUploadBehind() {
        fixture.s3.faults().on("UploadPart").thenRunAfter(sent::countDown);
        holdLastObjectBack();
        fixture.raw(LAST, "PAR1");

        assertThatThrownBy(() -> fixture.convert()).hasMessageContaining("is Parquet by its first bytes");
        assertThat(fixture.written()).isEmpty();
        assertThat(operations()).containsSubsequence("UploadPart", "AbortMultipartUpload");
    }

    private void holdLastObjectBack() {
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith(LAST))
                .thenRun(this::awaitPart);
    }

    private void awaitPart() {
        try {
            assertThat(sent.await(1, TimeUnit.MINUTES)).as("a part is sent").isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> operations() {
        return fixture.s3.log().calls().stream().map(Call::operation).toList();
    }

    /** The part numbers of a file of this size. */
    private static List<String> numbers(int size) {
        return IntStream.rangeClosed(1, Math.ceilDiv(size, (int) FileUpload.PART))
                .mapToObj(String::valueOf)
                .toList();
    }
}
