package io.fanin.processor.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.KeptDatabase;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionPrimingTest {

    @TempDir
    private Path temporary;

    @Test
    void recordIsWrittenAndReadAndOnlyTheDatabaseIsLeft() throws IOException {
        try (KeptDatabase databases =
                new KeptDatabase(() -> new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20))) {
            assertThat(ConversionPriming.run(databases)).isEqualTo(1);

            assertThat(temporary)
                    .isDirectoryNotContaining("regex:.*[.](json|parquet)")
                    .isNotEmptyDirectory();
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void firstConversionGetsTheDatabase() throws IOException {
        try (KeptDatabase databases =
                new KeptDatabase(() -> new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20))) {
            ConversionPriming.run(databases);
            String primed = onlyFolder();

            try (ScratchDatabase first = databases.take()) {
                assertThat(first.folder().getFileName()).hasToString(primed);
            }
        }
    }

    private String onlyFolder() throws IOException {
        try (Stream<Path> folders = Files.list(temporary)) {
            return folders.map(Path::getFileName).map(Path::toString).collect(Collectors.joining());
        }
    }
}
