package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.PartitionResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fixture for each test, after which nothing may be left on the disk, and no upload under way. */
abstract class BatchTest {

    @TempDir
    private Path temporary;

    BatchFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new BatchFixture(temporary);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        fixture.databases.close();
        assertThat(fixture.scratchFiles()).isEmpty();
        assertThat(fixture.s3.uploadsUnderWay()).isEmpty();
    }

    Path temporary() {
        return temporary;
    }

    static void assertProcessed(PartitionResult result, long rows) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        PartitionResult.Processed.class,
                        processed -> assertThat(processed.rows()).isEqualTo(OptionalLong.of(rows)));
    }

    static void assertFailed(PartitionResult result, String error, String... message) {
        assertThat(result).isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
            assertThat(failed.failure().error()).as(failed.failure().message()).isEqualTo(error);
            assertThat(failed.failure().message()).contains(message);
        });
    }
}
