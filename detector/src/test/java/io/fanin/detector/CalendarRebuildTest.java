package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.history.TableHistories;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table's calendar after all that the catalog has was read. */
class CalendarRebuildTest {

    private static final String CALENDAR = "tables/analytics/flights/calendar.json";
    private static final String FULL = ", 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture();
    private final TableHistories histories = new TableHistories(fixture.state);

    CalendarRebuildTest() {
        fixture.table("")
                .data("dt=2026-11-19/hour=3", "dt=2026-11-19/hour=4", "dt=2026-11-19/hour=5")
                .registered("2026-11-19", "3")
                .registered("2026-11-19", "5");
    }

    @Test
    void fullRunWritesWhatIsRegistered() {
        fixture.detect(NAMES + FULL);

        assertThat(histories.calendar(FLIGHTS).rows()).isEqualTo(Map.of("2026-11-19", "...R.R.................."));
    }

    @Test
    void otherRunWritesNoCalendar() {
        fixture.detect(NAMES);

        assertThat(fixture.aws.s3().text("state", CALENDAR)).isEmpty();
    }

    @Test
    void dryRunWritesNoCalendar() {
        fixture.detect(NAMES + FULL + ", 'dryRun': true");

        assertThat(fixture.aws.s3().text("state", CALENDAR)).isEmpty();
    }

    @Test
    void calendarThatCannotBeWrittenEndsNoRun() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().endsWith("calendar.json"))
                .thenFail(403, "AccessDenied", "no");

        assertThat(fixture.detect(NAMES + FULL).partitions()).isEqualTo(1);
    }
}
