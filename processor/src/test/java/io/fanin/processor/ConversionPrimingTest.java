package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.scratch.ConversionSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionPrimingTest {

    @TempDir
    private Path temporary;

    @Test
    void recordIsWrittenAndReadAndNothingIsLeft() throws IOException {
        assertThat(ConversionPriming.run(new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20)))
                .isEqualTo(1);

        assertThat(temporary).isEmptyDirectory();
    }
}
