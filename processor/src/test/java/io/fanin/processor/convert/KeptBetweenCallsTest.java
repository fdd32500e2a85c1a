package io.fanin.processor.convert;

import static io.fanin.processor.convert.ConversionFixture.FROM;
import static io.fanin.processor.convert.ConversionFixture.LANDING;
import static io.fanin.processor.convert.ConversionFixture.ONE;
import static io.fanin.processor.convert.ConversionFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.spec.processor.BadRecordLimit;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.scratch.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The database between the calls of a function, each of which closes its conversion. */
class KeptBetweenCallsTest {

    private final ConversionFixture fixture = new ConversionFixture();

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void nextCallConvertsWithTheSameDatabase() throws IOException {
        fixture.raw("a.json", ONE).converted();
        List<Path> first = folders();
        fixture.s3.put(LANDING, FROM + "a.json", TWO);
        fixture.converted();

        assertThat(folders()).hasSize(1).isEqualTo(first);
        assertThat(fixture.rows()).containsExactly("2|b");
    }

    @Test
    void nothingOfACallIsSeenByTheNext() throws IOException {
        List<String> fresh;
        try (ScratchDatabase opened = fixture.databases.take()) {
            fresh = content(opened);
        }
        fixture.raw("a.json", ONE).converted();

        assertThat(folders()).hasSize(1);
        try (Stream<Path> files = Files.walk(fixture.scratch())) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
        try (ScratchDatabase next = fixture.databases.take()) {
            assertThat(content(next)).isEqualTo(fresh);
        }
    }

    @Test
    void failedCallLeavesNoDatabase() throws IOException {
        fixture.raw("a.json", "{\n{\n").maxBadRecords = new BadRecordLimit.Count(0);
        fixture.assertFails("BadRecords", "bad record");

        assertThat(folders()).isEmpty();
    }

    @Test
    void callWhoseTimeIsOverLeavesNoDatabase() throws IOException {
        fixture.raw("a.json", ONE).deadline = new Deadline(() -> 0);
        fixture.assertFails("DeadlineExceeded", "the function's time");

        assertThat(folders()).isEmpty();
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> found = Files.list(fixture.scratch())) {
            return found.toList();
        }
    }

    /**
     * The relations, functions, other databases and settings, except the path of its folder. It cannot have secrets,
     * which are files.
     */
    private static List<String> content(ScratchDatabase opened) {
        return opened.database()
                .query("""
                        SELECT 'relation', table_name FROM information_schema.tables
                        UNION ALL SELECT 'function', function_name FROM duckdb_functions() WHERE NOT internal
                        UNION ALL SELECT 'type', type_name FROM duckdb_types() WHERE NOT internal
                        UNION ALL SELECT 'database', database_name FROM duckdb_databases()
                        UNION ALL SELECT 'variable', name FROM duckdb_variables()
                        UNION ALL SELECT 'prepared', name FROM duckdb_prepared_statements()
                        UNION ALL SELECT 'setting', name || value FROM duckdb_settings()
                            WHERE name NOT IN ('temp_directory', 'allowed_directories')
                        ORDER BY ALL
                        """, Duration.ofMinutes(1), row -> row.values().toString());
    }
}
