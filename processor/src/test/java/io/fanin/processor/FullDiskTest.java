package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.run.PartitionResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The disk is full when a certain file is written: a link to the system's device that is always full stands in its
 * place. The partition fails with that reason, the others of the batch are processed, and no file is left behind.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest extends BatchTest {

    private static final String ID = "{\"name\": \"id\", \"type\": \"bigint\"}";
    private static final Path FULL = Path.of("/dev/full");

    @Test
    void convertingSaysSoWhenBadRecordsAreWritten() throws IOException {
        fixture.writeSpec("parquet", ID, """
                "source": {"location": "s3://landing/flights/", "format": "json", "layout": "hive",
                           "partitionKeys": [{"name": "hour", "type": "int"}]},
                "processor": {"type": "convert", "maxBadRecords": 5}""");
        for (int hour = 0; hour < 3; hour++) {
            fixture.s3.put("landing", BatchFixture.prefix(hour) + "a.json", "{\"id\":1}\n{\"id\":\"x\"}\n");
        }
        fullFrom(BatchFixture.prefix(1) + "a.json", "bad-records");

        List<PartitionResult> results = fixture.process(3);

        assertOnlySecondHasNoSpace(results);
        assertThat(fixture.s3.keys("lake"))
                .containsExactly(VersionedFiles.first(results.get(0)), VersionedFiles.first(results.get(2)));
    }

    @Test
    void validatingSaysSoWhenAFooterIsWritten() throws IOException {
        fixture.writeSpec("parquet", ID, "\"processor\": {\"type\": \"validate\", \"statistics\": [\"id\"]}");
        threeOfParquet();
        fullFrom(BatchFixture.prefix(1) + "a.parquet", "object-2.parquet");

        assertOnlySecondHasNoSpace(fixture.process(3));
    }

    @Test
    void validatingSaysSoWhenDataIsWritten() throws IOException {
        fixture.writeSpec(
                "parquet",
                ID,
                "\"processor\": {\"type\": \"validate\", \"expect\": [{\"name\": \"sane\", \"sql\": \"id > 0\"}]}");
        threeOfParquet();
        fullFrom(BatchFixture.prefix(1) + "a.parquet", "object-2.parquet");

        assertOnlySecondHasNoSpace(fixture.process(3));
    }

    private void threeOfParquet() throws IOException {
        try (InputStream file = FullDiskTest.class.getResourceAsStream("/three-rows.parquet")) {
            byte[] rows = Objects.requireNonNull(file, "three-rows.parquet").readAllBytes();
            for (int hour = 0; hour < 3; hour++) {
                fixture.s3.put("lake", BatchFixture.prefix(hour) + "a.parquet", rows);
            }
        }
    }

    /** Leaves no room for files of this name from the first request for this object on. */
    private void fullFrom(String key, String file) {
        fixture.s3
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith(key))
                .first(1)
                .thenRun(() -> {
                    try (Stream<Path> all = Files.walk(temporary())) {
                        for (Path scratch : all.filter(
                                        path -> path.getFileName().toString().startsWith("partition-fan-in-"))
                                .toList()) {
                            Files.createSymbolicLink(scratch.resolve(file), FULL);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private void assertOnlySecondHasNoSpace(List<PartitionResult> results) {
        assertThat(results.get(0)).isInstanceOf(PartitionResult.Processed.class);
        assertFailed(results.get(1), "NoSpace", "ProcessorStorage");
        assertThat(results.get(2)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(fixture.waits).as("it is not tried again").isEmpty();
    }
}
