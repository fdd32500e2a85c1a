package io.fanin.records.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.records.samples.RowSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The database for the function's next call. */
class KeptDatabaseTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ConversionSettings SETTINGS =
            new ConversionSettings(Path.of("unset"), 1L << 30, 300L << 20, 2, 2, 1L << 20, RowSamples.SHOWN);

    @TempDir
    private Path temporary;

    private ConversionSettings now = SETTINGS;
    private final KeptDatabase databases = new KeptDatabase(() -> new ConversionSettings(
            temporary,
            now.scratchBytes(),
            now.memoryBytes(),
            now.threads(),
            now.readers(),
            now.chunkBytes(),
            now.samples()));

    @AfterEach
    void nothingIsLeftOnTheDisk() throws IOException {
        databases.close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void nextCallGetsTheDatabaseThatWasKept() throws IOException {
        ScratchDatabase first = databases.take();
        first.database().execute("SELECT 1", LIMIT);
        databases.keep(first);

        try (ScratchDatabase next = databases.take()) {
            assertThat(next.database()).isSameAs(first.database());
            assertThat(next.database().execute("SELECT 2", LIMIT)).isEqualTo(2);
        }
    }

    @Test
    void twoCallsAtATimeNeverShareOne() throws IOException {
        databases.keep(databases.take());

        ScratchDatabase one = databases.take();
        ScratchDatabase other = databases.take();
        assertThat(one.database()).isNotSameAs(other.database());

        databases.keep(one);
        databases.keep(other);
        assertThat(one.folder()).isDirectory();
        assertThat(other.folder()).as("one is enough").doesNotExist();
    }

    static Stream<ConversionSettings> otherLimits() {
        return Stream.of(
                new ConversionSettings(Path.of("unset"), 1L << 30, 301L << 20, 2, 2, 1L << 20),
                new ConversionSettings(Path.of("unset"), 1L << 30, 300L << 20, 1, 2, 1L << 20),
                new ConversionSettings(Path.of("unset"), 1L << 29, 300L << 20, 2, 2, 1L << 20),
                new ConversionSettings(Path.of("unset"), 1L << 31, 300L << 20, 2, 2, 1L << 20),
                SETTINGS.with(RowSamples.HIDDEN));
    }

    @ParameterizedTest
    @MethodSource("otherLimits")
    void anotherOneIsOpenedForOtherLimits(ConversionSettings later) throws IOException {
        ScratchDatabase first = databases.take();
        databases.keep(first);
        now = later;

        try (ScratchDatabase next = databases.take()) {
            assertThat(next.database()).isNotSameAs(first.database());
            assertThat(next.database().settings().memoryBytes()).isEqualTo(2 * later.memoryBytes());
        }
        assertThat(first.folder()).doesNotExist();
    }

    @Test
    void limitsHoldAndTheRestIsAsTheDiskIsNow() throws IOException {
        databases.keep(databases.take());
        now = new ConversionSettings(
                Path.of("unset"), (1L << 30) - (10L << 20), 300L << 20, 2, 2, 1L << 20, RowSamples.SHOWN);

        try (ScratchDatabase next = databases.take()) {
            assertThat(next.settings().scratchBytes()).isEqualTo(now.scratchBytes());
            assertThat(settings(next)).containsExactly("600.0 MiB", "128.0 MiB", "2", next.folder() + "/duckdb");
        }
    }

    @Test
    void oneWithFilesIsNotKept() throws IOException {
        ScratchDatabase first = databases.take();
        Files.writeString(first.folder().resolve("duckdb/duckdb_temp_storage-0.tmp"), "spilled");
        databases.keep(first);

        assertThat(first.folder()).doesNotExist();
    }

    @Test
    void oneWhoseFolderIsGoneIsReplaced() throws IOException {
        ScratchDatabase first = databases.take();
        databases.keep(first);
        Files.delete(first.folder().resolve("duckdb"));
        Files.delete(first.folder());

        try (ScratchDatabase next = databases.take()) {
            assertThat(next.database()).isNotSameAs(first.database());
            assertThat(next.folder()).isDirectory();
        }
    }

    private static List<String> settings(ScratchDatabase database) {
        return database.database()
                .query(
                        "SELECT current_setting('memory_limit'), current_setting('max_temp_directory_size'),"
                                + " current_setting('threads')::VARCHAR, current_setting('temp_directory')",
                        LIMIT,
                        row -> row.values().stream().map(String::valueOf).toList())
                .getFirst();
    }
}
