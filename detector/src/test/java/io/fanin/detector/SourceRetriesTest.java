package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.SourceTable.H7;
import static io.fanin.detector.SourceTable.SOURCE;
import static io.fanin.detector.SourceTable.SPEC;
import static io.fanin.detector.SourceTable.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.detection.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The location of the raw data of partitions that have failed before. */
class SourceRetriesTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void failureIsRetriedWithItsRawData() {
        SourceTable.in(fixture).raw("dt=2026-11-20/hour=7");
        fixture.earlier.fail(H7);

        DetectorAnswer answer = fixture.detect(NAMES + SOURCE);

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.work()).containsExactly(H7);
    }

    @Test
    void failureFromBeforeAMoveIsRetriedInTheNewLocation() {
        SourceTable.in(fixture).raw("dt=2026-11-20/hour=7");
        fixture.earlier.fail(new Partition(H7.values(), "elsewhere/2026/11/20/07/", H7.source()));

        fixture.detect(NAMES + SOURCE);

        assertThat(fixture.work()).containsExactly(H7);
    }

    @Test
    void failureWhoseRawDataIsNotSeenIsRetriedWhereItLay() {
        SourceTable.in(fixture);
        fixture.earlier.fail(H7);

        fixture.detect(NAMES + SOURCE);

        assertThat(fixture.work()).containsExactly(H7);
    }

    /** The table's data was taken as it is until now. */
    @Test
    void failureFromBeforeTheSourceIsRetriedInTheSourcesLayout() {
        SourceTable.in(fixture).outstanding("flights/2026/11/20/07/", "2026/11/20/07");

        fixture.detect(NAMES + SOURCE);

        assertThat(fixture.work()).containsExactly(at("20/07", "dt=2026-11-20/hour=07"));
    }

    @Test
    void failureFromASourceIsRetriedInTheTablesOwnFolder() {
        SourceTable.in(fixture);
        fixture.earlier.fail(H7);

        fixture.detect(NAMES + ", 'processor': {'type': 'validate'}");

        assertThat(fixture.work()).containsExactly(new Partition(H7.values(), H7.prefix()));
    }

    @Test
    void redriveOfARunKeepsWhereTheRawDataLies() {
        fixture.raw("dt=2026-11-20/hour=7").quiet();
        fixture.detect("r0", json("{" + SPEC + "}"));

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.work()).containsExactly(H7);
    }
}
