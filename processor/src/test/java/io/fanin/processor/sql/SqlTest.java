package io.fanin.processor.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.records.scratch.ConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fixture for each test, after which nothing may be left on the disk, and no upload under way. */
public abstract class SqlTest {

    @TempDir
    private Path temporary;

    public SqlFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new SqlFixture(temporary);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        fixture.copies.letGo();
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
        assertThat(fixture.aws.s3().uploadsUnderWay()).isEmpty();
    }

    Path temporary() {
        return temporary;
    }

    void assertFails(String query, String errorType, String... message) {
        assertThatThrownBy(() -> fixture.make(query))
                .isInstanceOfSatisfying(
                        ConversionException.class,
                        e -> assertThat(e.errorType()).as(e.getMessage()).isEqualTo(errorType))
                .satisfies(e -> assertThat(e.getMessage()).contains(message));
        assertThat(fixture.written(SqlFixture.HOUR_7)).isEmpty();
    }
}
