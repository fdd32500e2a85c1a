package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;
import static io.fanin.processor.sql.SqlFixture.LAKE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.model.table.DataFormat;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Joined tables with columns of types that queries cannot read. */
class UnreadableColumnsTest extends SqlTest {

    @BeforeEach
    void rawData() {
        fixture.raw(HOUR_7, "a.json", "{\"carrier\":\"UA\"}{\"carrier\":\"AA\"}{\"carrier\":\"UA\"}");
    }

    @ParameterizedTest
    @EnumSource(
            value = DataFormat.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AVRO", "OTHER"})
    void tableIsSeenWithoutTheColumnsThatNoQueryReads(DataFormat format) throws IOException {
        fixture.register(withPhoto(format), "2013-01-01");
        fixture.aws
                .s3()
                .put(
                        LAKE,
                        "carriers/2013-01-01/a",
                        switch (format) {
                            case JSON -> "{\"code\":\"UA\",\"photo\":\"AAEC\",\"name\":\"United\"}".getBytes(UTF_8);
                            case CSV -> "code,photo,name\nUA,AAEC,United\n".getBytes(UTF_8);
                            case AVRO, OTHER -> throw new AssertionError("no query reads it");
                            case PARQUET ->
                                fixture.parquet("SELECT 'UA' AS code, '\\x00'::BLOB AS photo, 'United' AS name");
                        });

        fixture.make("SELECT name AS carrier, count(*) AS flights FROM source JOIN (SELECT * FROM carriers) ON code ="
                + " carrier GROUP BY ALL");

        assertThat(fixture.rows(HOUR_7)).containsExactly("United|2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT code AS carrier,\n octet_length(c.Photo) AS flights FROM carriers AS c",
                "SELECT code AS carrier,\n octet_length(photo) AS flights FROM carriers",
                "SELECT code AS carrier, 1 AS flights FROM (SELECT * EXCLUDE (photo) FROM carriers)",
            })
    void queryThatNamesAnUnreadableColumnFails(String query) {
        fixture.register(withPhoto(DataFormat.JSON), "2013-01-01");
        fixture.aws.s3().put(LAKE, "carriers/2013-01-01/a.json", "{\"code\":\"UA\"}");

        assertFails(
                query,
                "UnsupportedType",
                query.contains("\n") ? "line 2, column " : "",
                "column 'photo' of table analytics.carriers is binary, which no query can read: leave it out of the query");
    }

    @Test
    void tableOfNothingButSuchColumnsCannotBeRead() {
        fixture.table("analytics", "photos", DataFormat.PARQUET, "photo binary", SINCE);

        assertFails(
                "SELECT 'a' AS carrier, count(*) AS flights FROM photos",
                "UnusableTable",
                "table analytics.photos, which has no column that a query can read");
    }

    private CatalogTable withPhoto(DataFormat format) {
        return fixture.table("analytics", "carriers", format, "code string, photo binary, name string", SINCE);
    }
}
