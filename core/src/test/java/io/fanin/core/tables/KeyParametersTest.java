package io.fanin.core.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3Pages;
import io.fanin.core.tables.SkippedTable.Reason;
import io.fanin.fakes.FakeAws;
import io.fanin.fakes.ManualClock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Mistakes in what a table's parameters say of its keys: its data would go on unseen if nobody were told. */
class KeyParametersTest {

    private final FakeAws aws = new FakeAws(new ManualClock(Instant.parse("2026-11-20T10:00:00Z")));
    private final S3Client s3 = aws.s3().createBucket("config").client();
    private final GlueCatalog catalog = new GlueCatalog(aws.glue().client(), duration -> {});
    private final TableDirectory directory = TableDirectory.of(
            "",
            "raw_x",
            new S3Pages(s3),
            new S3Texts(bucket -> new BucketReader(s3, bucket), StackBuckets.of("state", "lake", "", "config")),
            catalog,
            Workers.THREADS);

    @ParameterizedTest
    @CsvSource({
        "fanin.key.dt.format, yyyy-mm-dd",
        "fanin.key.dt.interval, 0",
        "fanin.key.dt.interval, many",
        "fanin.key.dt.time, yes"
    })
    void mistakeIsToldWithItsParameter(String parameter, String value) {
        RawTable.create(catalog, "raw_x.good", Map.of("fanin.key.dt.time", "TRUE", "fanin.key.dt.format", ""));
        RawTable.create(catalog, "raw_x.wrong", Map.of(parameter, value));

        KnownTables known = directory.find(TableFilter.ALL);

        assertThat(known.tables())
                .singleElement()
                .satisfies(one -> assertThat(one.name()).hasToString("raw_x.good"));
        assertThat(known.leftOut()).singleElement().satisfies(one -> {
            assertThat(one.reason()).isEqualTo(Reason.UNREADABLE);
            assertThat(one.message()).contains("raw_x.wrong", parameter + "=" + value);
        });
    }
}
