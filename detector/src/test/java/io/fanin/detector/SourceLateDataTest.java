package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.SourceTable.H7;
import static io.fanin.detector.SourceTable.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A partition is late where its raw data has changed, whatever files were made of it. */
class SourceLateDataTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void rawDataThatHasChangedIsLate() {
        SourceTable.in(fixture).raw("dt=2026-11-20/hour=7").converted(H7).settledBy(SOURCE);
        fixture.aws.s3().put("landing", "raw/dt=2026-11-20/hour=7/late.json", "{}");

        DetectorAnswer answer = fixture.detect(NAMES + SOURCE);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.LATE, 1L));
        assertThat(fixture.work()).containsExactly(H7);
    }

    /** The table has one file where the source has many. */
    @Test
    void manyRawObjectsThatAreStillTheSameAreNotLate() {
        SourceTable.in(fixture);
        IntStream.range(0, 40)
                .forEach(i -> fixture.aws.s3().put("landing", "raw/dt=2026-11-20/hour=7/part-" + i + ".json", "{}"));
        fixture.converted(H7).settledBy(SOURCE);

        assertThat(fixture.detect(NAMES + SOURCE).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void registeredFormIsKeptWhenItsDataIsLate() {
        fixture.catalog.createTableIfAbsent(
                DetectorFixture.resolved(DetectorFixture.COMPLETE.replace("'json'", "'parquet'") + ", 'layout': 'hive'")
                        .definition(),
                Map.of());
        Partition bare = new Partition(
                PartitionValues.of("2026-11-20", "7"),
                "flights/dt=2026-11-20/hour=7/",
                Optional.of("raw/dt=2026-11-20/hour=07/"));
        fixture.raw("dt=2026-11-20/hour=07").converted(bare).settledBy(SOURCE);
        fixture.aws.s3().put("landing", "raw/dt=2026-11-20/hour=07/late.json", "{}");

        fixture.detect(NAMES + SOURCE);

        assertThat(fixture.work()).containsExactly(bare);
    }
}
