package io.fanin.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargestDiskTest {

    @Test
    void mostIsRememberedAfterFilesAreGone(@TempDir Path folder) throws IOException {
        try (LargestDisk disk = LargestDisk.watched(folder)) {
            assertThat(disk.most()).isZero();

            Path spool = Files.createDirectory(folder.resolve("spool"));
            Path run = Files.write(spool.resolve("run"), new byte[70_000]);
            Files.write(folder.resolve("manifest"), new byte[30_000]);
            assertThat(disk.most()).isEqualTo(100_000);

            Files.delete(run);
            assertThat(disk.most()).isEqualTo(100_000);
        }
    }
}
