package io.fanin.core.temporary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {

    private static final long SELF = ProcessHandle.current().pid();
    private static final long PARENT =
            ProcessHandle.current().parent().orElseThrow().pid();

    /** Linux gives no process a number above 2^22. */
    private static final long NOBODY = 1L << 23;

    @TempDir
    Path temporary;

    @Test
    void filesOfThisProcessStay() throws IOException {
        Path folder = ProcessFiles.newFolder(temporary);
        Path file = Files.createFile(ProcessFiles.newFile(temporary));

        ProcessFiles.deleteAbandoned(temporary);

        assertThat(folder).isEmptyDirectory();
        assertThat(file).exists();
        assertThat(ProcessFiles.newFile(temporary)).isNotEqualTo(file).doesNotExist();
    }

    @Test
    void filesOfAProcessThatIsNoMoreAreDeleted() throws IOException {
        Path folder = Files.createDirectory(named(NOBODY, Instant.now()));
        Files.createFile(Files.createDirectory(folder.resolve("version")).resolve("0.parquet"));
        Path file = Files.createFile(named(NOBODY, Instant.now().plusMillis(1)));

        ProcessFiles.deleteAbandoned(temporary);

        assertThat(folder).doesNotExist();
        assertThat(file).doesNotExist();
    }

    /** Each process of a Lambda environment may have the same number. */
    @Test
    void filesOfAnEarlierProcessWithTheSameNumberAreDeleted() throws IOException {
        Path own = Files.createDirectory(named(SELF, Instant.now().minus(Duration.ofDays(1))));
        Path reused = Files.createDirectory(named(PARENT, Instant.EPOCH));

        ProcessFiles.deleteAbandoned(temporary);

        assertThat(own).doesNotExist();
        assertThat(reused).doesNotExist();
    }

    @Test
    void filesOfOtherLiveProcessesStay() throws IOException {
        Path folder = Files.createDirectory(named(PARENT, Instant.now()));

        ProcessFiles.deleteAbandoned(temporary);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesOfOthersStay() throws IOException {
        Path behindLink = Files.createFile(temporary.resolve("partition-fan-in-notes"));
        Path link =
                Files.createSymbolicLink(named(NOBODY, Instant.now()), Files.createDirectory(temporary.resolve("a")));
        Path inside = Files.createFile(temporary.resolve("a").resolve("kept"));

        ProcessFiles.deleteAbandoned(temporary);

        assertThat(behindLink).exists();
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(inside).exists();
    }

    @Test
    void missingFolderHarmsNobody() {
        ProcessFiles.deleteAbandoned(temporary.resolve("none"));

        assertThat(temporary).isEmptyDirectory();
    }

    private Path named(long process, Instant made) {
        return temporary.resolve("partition-fan-in-%d-%d-0f".formatted(process, made.toEpochMilli()));
    }
}
