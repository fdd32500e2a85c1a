package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;

import io.fanin.model.table.DataFormat;
import io.fanin.records.parquet.RewrittenParquet;
import java.io.IOException;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parquet objects with valid headers, whose values cannot be read: the error does not blame the query. */
class DamagedParquetTest extends SqlTest {

    @BeforeEach
    void readsParquet() {
        fixture.format = "parquet";
    }

    @Test
    void objectWhoseValuesCannotBeReadIsNamed() throws IOException {
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'AA' AS carrier, 5 AS delay"));
        fixture.raw(HOUR_7, "b.parquet", damaged("SELECT 'UA' AS carrier, 5 AS delay"));

        assertFails(
                "SELECT carrier, sum(delay)::BIGINT AS flights FROM source GROUP BY carrier",
                "Corrupt",
                "object flights/dt=2013-02-08/hour=7/b.parquet is corrupt: its values cannot be read (",
                "the object: ZSTD Decompression failure); write it again");
    }

    @Test
    void objectWithNanosecondsThatCannotBeReadIsNamed() throws IOException {
        fixture.raw = "moment timestamp";
        fixture.raw(HOUR_7, "a.parquet", damaged("SELECT TIMESTAMP_NS '2013-02-08 07:00:00' AS moment"));

        assertFails(
                "SELECT 'UA' AS carrier, count(moment) AS flights FROM source",
                "Corrupt",
                "hour=7/a.parquet is corrupt: its values cannot be read (");
    }

    @Test
    void objectOfAJoinedTableThatCannotBeReadIsNamed() throws IOException {
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 5 AS delay"));
        fixture.register(
                fixture.table("analytics", "carriers", DataFormat.PARQUET, "code string, seats int", SINCE),
                "2013-01-01");
        fixture.aws.s3().put("lake", "carriers/2013-01-01/a", damaged("SELECT 'UA' AS code, 70 AS seats"));

        assertFails(
                "SELECT carrier, seats::BIGINT AS flights FROM source JOIN carriers ON code = carrier",
                "Corrupt",
                "object carriers/2013-01-01/a is corrupt: its values cannot be read (");
    }

    @Test
    void queryThatFailsOverSoundObjectsIsItselfAtFault() {
        fixture.raw(HOUR_7, "a.parquet", fixture.parquet("SELECT 'UA' AS carrier, 5 AS delay"));

        assertFails("SELECT error(carrier)::VARCHAR AS carrier, 1::BIGINT AS flights FROM source", "SqlError", "UA");
    }

    /** A file whose footer names another codec than its pages use. */
    private byte[] damaged(String query) throws IOException {
        return RewrittenParquet.footer(
                fixture.parquet(query),
                footer -> footer.getRow_groups()
                        .forEach(group -> group.getColumns()
                                .forEach(chunk -> chunk.getMeta_data().setCodec(CompressionCodec.ZSTD))));
    }
}
