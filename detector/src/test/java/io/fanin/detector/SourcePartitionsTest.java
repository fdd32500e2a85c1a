package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.SourceTable.H7;
import static io.fanin.detector.SourceTable.SOURCE;
import static io.fanin.detector.SourceTable.SPEC;
import static io.fanin.detector.SourceTable.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.run.detection.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The location of the raw data of partitions that are not listed: named ones, and those of a calendar. */
class SourcePartitionsTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void namedPartitionLiesWhereTheSourcesLayoutWritesIt() {
        fixture.detect(SPEC + ", 'detection': {'mode': 'partitions', 'partitions': [['2026/11/20/07']]}");

        assertThat(fixture.work()).containsExactly(at("20/07", "dt=2026-11-20/hour=07"));
        assertThat(fixture.listed())
                .as("the forms in which it may be there")
                .startsWith("landing/raw/dt=2026-11-20/")
                .contains("landing/raw/");
    }

    @Test
    void namedPartitionLiesWhereTheSourceHasIt() {
        fixture.raw("dt=2026-11-20/hour=7");

        fixture.detect(SPEC + ", 'detection': {'mode': 'partitions', 'partitions': [['2026/11/20/07']]}");

        assertThat(fixture.work()).containsExactly(H7);
    }

    @Test
    void namedPartitionThatIsRegisteredLiesWhereItsRawDataLay() {
        SourceTable.in(fixture).raw("dt=2026-11-20/hour=7").converted(H7);

        DetectorAnswer answer = fixture.detect(
                NAMES + SOURCE + ", 'detection': {'mode': 'partitions', 'partitions': [['2026/11/20/07']]}");

        assertThat(fixture.work()).containsExactly(H7);
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.AGAIN, 1L));
    }

    @Test
    void periodsOfACalendarLieWhereTheSourcesLayoutWritesThem() {
        fixture.detect(
                SPEC + ", 'detection': {'mode': 'calendar', 'from': '2026-11-20T07:00', 'to': '2026-11-20T09:00'}");

        assertThat(fixture.work())
                .containsExactly(at("20/07", "dt=2026-11-20/hour=07"), at("20/08", "dt=2026-11-20/hour=08"));
    }
}
