package io.fanin.processor.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A lake for each test, after which nothing may be left on the disk. */
abstract class ParquetTest {

    @TempDir
    private Path temporary;

    ParquetFixture fixture;

    @BeforeEach
    void aLake() {
        fixture = new ParquetFixture(temporary);
    }

    @AfterEach
    void nothingIsLeftOnTheDisk() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
    }
}
