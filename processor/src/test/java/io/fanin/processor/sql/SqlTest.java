package io.fanin.processor.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.partition.KeyType;
import io.fanin.model.partition.PartitionKey;
import io.fanin.model.table.DataFormat;
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

    static final PartitionKey SINCE = new PartitionKey("since", KeyType.DATE);

    static final String JOIN =
            "SELECT c.name AS carrier, count(*) AS flights FROM source JOIN carriers AS c ON c.code = carrier"
                    + " GROUP BY ALL ORDER BY ALL";

    /** A query of the raw data alone. */
    static final String COUNT = "SELECT carrier, count(*) AS flights FROM source GROUP BY carrier ORDER BY carrier";

    /** Raw data of three flights. */
    static final String RAW =
            "{\"carrier\":\"UA\",\"delay\":5}{\"carrier\":\"AA\",\"delay\":1}{\"carrier\":\"UA\",\"delay\":2}";

    @TempDir
    private Path temporary;

    public SqlFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new SqlFixture(temporary);
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        fixture.copies.evict();
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).isEmpty();
        }
        assertThat(fixture.aws.s3().uploadsUnderWay()).isEmpty();
    }

    /** A table that queries join. */
    CatalogTable carriers(DataFormat format) {
        return fixture.table("analytics", "carriers", format, "code string, name string", SINCE);
    }

    Path temporary() {
        return temporary;
    }

    void assertFails(String query, String errorType, String... message) {
        assertThatThrownBy(() -> fixture.make(query))
                .isInstanceOfSatisfying(
                        ConversionException.class,
                        e -> assertThat(e.code().word()).as(e.getMessage()).isEqualTo(errorType))
                .satisfies(e -> assertThat(e.getMessage()).contains(message));
        assertThat(fixture.written(SqlFixture.HOUR_7)).isEmpty();
    }
}
