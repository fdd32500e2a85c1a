package io.fanin.processor.sql;

import static io.fanin.processor.sql.SqlFixture.HOUR_7;

import io.fanin.records.scratch.Deadline;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The limits of disk space and time for a query, and the failures beyond them. */
class QueryLimitsTest extends SqlTest {

    private static final String ENDLESS =
            "SELECT 'x' AS carrier, sum(length(md5(i::varchar))) AS flights FROM range(100000000000) AS numbers(i)";

    @Test
    void sourceTooLargeForTheDiskIsRefusedWithSizes() {
        fixture.format = "parquet";
        fixture.scratchBytes = 128L << 20;
        fixture.raw = "x string";
        byte[] large = new byte[(50 << 20)];
        fixture.raw(HOUR_7, "a.parquet", large);

        assertFails(
                "SELECT 1",
                "NoSpace",
                "1 objects of s3://landing/flights/dt=2013-02-08/hour=7/: 52428800 bytes",
                "50331648");
    }

    @Test
    void rowsTooLargeForTheDiskAreRefusedWithSizes() {
        fixture.scratchBytes = 128L << 20;
        fixture.more = ", \"targetFileSizeMb\": 1";
        fixture.raw = "x string";
        String noise = IntStream.range(0, 4_000)
                .mapToObj(i -> "{\"x\":\"" + noise(i) + "\"}")
                .collect(Collectors.joining("\n"));
        for (int i = 0; i < 4; i++) {
            fixture.raw(HOUR_7, i + ".json", noise);
        }

        assertFails("SELECT 'a' AS carrier, 1 AS flights", "NoSpace", "hour=7/ as Parquet", "ProcessorStorage");
    }

    private static String noise(int seed) {
        byte[] bytes = new byte[6_000];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void queryIsEndedWhenItsTimeIsOver() {
        fixture.more = ", \"timeoutSeconds\": 1";
        fixture.raw(HOUR_7, "a.json", RAW);

        assertFails(ENDLESS, "SqlTimeout", "longer than processor.timeoutSeconds, which is 1: raise it");
    }

    @Test
    void queryIsEndedBeforeTheFunction() {
        long begin = System.nanoTime();
        fixture.deadline = new Deadline(() -> 16_000 - (System.nanoTime() - begin) / 1_000_000);
        fixture.raw(HOUR_7, "a.json", RAW);

        assertFails(ENDLESS, "DeadlineExceeded", "while the query ran; nothing was published");
    }

    @Test
    void nothingIsPublishedWithoutTheTimeForAllOfIt() {
        fixture.deadline = new Deadline(() -> 15_000);
        fixture.raw(HOUR_7, "a.json", RAW);

        assertFails(COUNT, "DeadlineExceeded", "the query's 2 rows are in 1 files; nothing was published");
    }
}
