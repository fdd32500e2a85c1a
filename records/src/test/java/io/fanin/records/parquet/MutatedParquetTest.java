package io.fanin.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are almost sound: what passes is read by DuckDB in a process that it ends by writing beyond its memory.
 */
class MutatedParquetTest {

    private static final int SEEDS = 1_200;

    @TempDir
    private Path temporary;

    @Test
    void mutatedFilesAreRefusedOrHarmless() throws IOException, InterruptedException {
        File output = temporary.resolve("output").toFile();
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MutatedParquet.class.getName(),
                        temporary.toString(),
                        "0",
                        String.valueOf(SEEDS))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertThat(reader.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            reader.destroyForcibly();
        }

        List<String> lines = Files.readAllLines(output.toPath());
        assertThat(reader.exitValue()).as(() -> String.join("\n", lines)).isZero();
        assertThat(count(lines, "refused")).isGreaterThan(SEEDS / 4);
        assertThat(count(lines, "read")).isGreaterThan(SEEDS / 10);
    }

    private static int count(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what + " "))
                .mapToInt(line -> Integer.parseInt(line.substring(what.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
