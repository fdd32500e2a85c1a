package io.fanin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.benchmarks.FreshServer.Work;
import io.fanin.benchmarks.measure.Loopback;
import io.fanin.fakes.FakeS3;
import io.fanin.model.type.HiveType;
import io.fanin.model.type.HiveTypeParser;
import io.fanin.records.duckdb.SqlTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshFunctionTest {

    private static final Work WORK = Work.SMALL;

    @TempDir
    private Path folder;

    private final FakeS3 s3 = new FakeS3().createBucket(FreshServer.BUCKET).createBucket(FreshServer.STATE_BUCKET);

    @Test
    void everyCallConvertsAnHourInOneProcess() throws Exception {
        long rows = FreshServer.fill(s3, WORK, 2);

        String output = called(2);

        assertThat(output.lines().filter(line -> line.matches("call [\\d.]+ [\\d.E-]+")))
                .hasSize(2);
        assertThat(FreshServer.rows(s3, WORK.id())).isEqualTo(Map.of("hour=0", rows, "hour=1", rows));
    }

    @Test
    void whatWasCountedIsGone() throws Exception {
        FreshServer.fill(s3, WORK, 1);
        called(1);

        assertThat(FreshServer.rows(s3, WORK.id())).hasSize(1);
        assertThat(FreshServer.rows(s3, WORK.id())).isEmpty();
    }

    @Test
    void hourWithoutRecordsIsMissing() throws Exception {
        long rows = FreshServer.fill(s3, WORK, 1);

        called(2);

        assertThat(FreshServer.rows(s3, WORK.id())).isEqualTo(Map.of("hour=0", rows));
    }

    @Test
    void peersKnowTheTypeOfEachColumn() throws IOException {
        String peer = Files.readString(Path.of("peers", "py_arrow.py"));

        assertThat(Arrays.stream(Work.values()).flatMap(work -> work.raw().columns().stream()))
                .extracting(column -> HiveTypeParser.parse(column.type()))
                .filteredOn(type -> type instanceof HiveType.Scalar)
                .extracting(SqlTypes::of)
                .allSatisfy(type -> assertThat(peer).contains("\"" + type + "\": "));
    }

    private String called(int calls) throws IOException, InterruptedException {
        try (Loopback loopback = Loopback.serving(s3)) {
            ProcessBuilder function = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            FreshFunction.class.getName(),
                            WORK.id(),
                            Integer.toString(calls))
                    .redirectError(folder.resolve("log").toFile());
            function.environment()
                    .putAll(Map.of(
                            "AWS_ENDPOINT_URL", loopback.endpoint().toString(),
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "test",
                            "AWS_SECRET_ACCESS_KEY", "test",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769",
                            "STATE_BUCKET", FreshServer.STATE_BUCKET));
            Process process = function.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return output;
        }
    }
}
