package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.statemachine.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed: this needs the packaged modules, and no emulator. */
class FunctionZipsIT {

    private static final int MEGABYTE = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"detector", "processor", "table-creator"})
    void aZipHoldsJarsAndWhatRunsInThem(String module) throws IOException {
        assertThat(entries(Repository.functionZip(module)))
                .allMatch(entry -> entry.equals("lib/") || entry.matches("lib/[^/]+\\.jar"))
                .anyMatch(entry -> entry.startsWith("lib/" + module + "-"))
                .anyMatch(entry -> entry.startsWith("lib/core-"))
                .anyMatch(entry -> entry.startsWith("lib/url-connection-client-"))
                .noneMatch(entry -> entry.matches("lib/(netty|apache|httpc|junit|assertj|.*-tests).*"));
    }

    /** A function's zip is unpacked at each start. */
    @ParameterizedTest
    @ValueSource(strings = {"detector", "processor", "table-creator"})
    void aZipHasLessThan20Megabytes(String module) {
        assertThat(Repository.functionZip(module).toFile().length()).isLessThan(20 * MEGABYTE);
    }

    @Test
    void theProcessorGoesWithoutGlue() throws IOException {
        assertThat(entries(Repository.functionZip("processor"))).noneMatch(entry -> entry.startsWith("lib/glue-"));
    }

    private static List<String> entries(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }
}
