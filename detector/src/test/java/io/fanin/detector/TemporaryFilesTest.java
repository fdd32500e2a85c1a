package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fanin.fakes.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file is left on the function's disk, however the detection ends. */
class TemporaryFilesTest {

    private final DetectorFixture fixture = new DetectorFixture();

    /** The disk of a warm Lambda would fill up. More partitions than are held in memory are in files. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "ListObjectsV2", "GetPartitions", "BatchGetPartition", "PutObject"})
    void noTemporaryFileIsLeft(String operation, @TempDir Path files) throws IOException {
        fixture.tableOf("[{'name': 'n', 'type': 'int'}]", "hive").outstanding("flights/n=-1/", "-1");
        IntStream.range(0, 45_000).forEach(n -> fixture.aws.s3().put("lake", "flights/n=" + n + "/a.json", ""));
        fixture.aws
                .faults()
                .on(operation)
                .nth(
                        switch (operation) {
                            case "ListObjectsV2" -> 44;
                            case "PutObject" -> 3;
                            default -> 1;
                        })
                .then(Fault.accessDenied());
        requireNoFileLeft(files, NAMES, !operation.equals("nothing"));
    }

    @Test
    void noTemporaryFileIsLeftOfARedrive(@TempDir Path files) throws IOException {
        String days = "'detection': {'mode': 'calendar', 'from': '2024-06-01', 'to': '2026-11-05'}";
        fixture.table("").outstanding("flights/x/", "2026-11-05", "7");
        fixture.detect("r0", DetectorFixture.json("{" + NAMES + ", " + days + "}"));
        fixture.aws.faults().on("BatchGetPartition").then(Fault.accessDenied());
        requireNoFileLeft(files, "'redriveOf': 'r0'", true);
    }

    private void requireNoFileLeft(Path files, String spec, boolean fails) throws IOException {
        String before = System.setProperty("java.io.tmpdir", files.toString());
        try {
            Throwable failure = catchThrowable(() -> fixture.detect(spec));

            assertThat(failure != null).isEqualTo(fails);
            try (Stream<Path> left = Files.list(files)) {
                assertThat(left).isEmpty();
            }
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }
}
