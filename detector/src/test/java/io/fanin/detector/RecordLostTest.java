package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.FLIGHTS;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.record.RecordLostException;
import io.fanin.model.names.FaninNames;
import io.fanin.model.run.NextStep;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partial table whose record is gone: only a run that looks at all of it can say what is outstanding. */
class RecordLostTest {

    private final DetectorFixture fixture = new DetectorFixture();

    /** As a run of another stack, or of one whose state bucket was emptied since, has left it. */
    private void partialTable() {
        fixture.table("").data("dt=2026-11-18/hour=7");
        fixture.catalog.updateParameters(
                fixture.catalog.table(FLIGHTS).orElseThrow(), parameters -> Map.of(FaninNames.STATUS, "PARTIAL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'detection': {'mode': 'events'}",
                "'detection': {'mode': 'range', 'from': '2026-11-18', 'to': '2026-11-19'}",
                "'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-18/hour=7']}",
                "'detection': {'mode': 'calendar', 'past': 'PT1H', 'ahead': 'PT1H'}",
                "'waive': [{'partition': 'dt=2026-11-18/hour=7', 'reason': 'lost', 'by': 'ada'}]"
            })
    void runOverAPartIsRefused(String part) {
        partialTable();
        fixture.quiet();

        assertThatThrownBy(() -> fixture.detect(COMPLETE + ", " + part))
                .isInstanceOf(RecordLostException.class)
                .hasMessageContaining("table analytics.flights is partial")
                .hasMessageContaining("\"mode\": \"full\"");

        assertThat(fixture.aws.log().calls("PutObject")).isEmpty();
    }

    @Test
    void recordThatNamesWaivedPartitionsIsMissedToo() {
        fixture.table("").data("dt=2026-11-18/hour=7");
        fixture.catalog.updateParameters(
                fixture.catalog.table(FLIGHTS).orElseThrow(),
                parameters -> Map.of(FaninNames.STATUS, "COMPLETE", FaninNames.WAIVED, "1"));

        assertThatThrownBy(() -> fixture.detect(COMPLETE + ", 'detection': {'mode': 'events'}"))
                .isInstanceOf(RecordLostException.class)
                .hasMessageContaining("table analytics.flights has waived partitions (fanin.waived)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void runOverTheWholeTableHealsIt(String mode) {
        partialTable();

        assertThat(fixture.detect(COMPLETE + ", 'detection': {'mode': '" + mode + "'}")
                        .next())
                .isEqualTo(NextStep.PROCESS);
        fixture.concluded("r1");

        assertThat(fixture.detect("r2", json("{" + COMPLETE + ", 'detection': {'mode': 'events'}}"))
                        .next())
                .isEqualTo(NextStep.NOTHING_NEW);
    }

    /** A table whose keys are no times has no progress, which would change the record. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void tableOfWhichNothingIsRecordedIsPublishedAnew(String mode) {
        fixture.tableOf("[{'name': 'region', 'type': 'string'}]", "hive")
                .data("region=eu")
                .processed("region=eu", "eu");

        assertThat(fixture.detect(NAMES + ", 'detection': {'mode': '" + mode + "'}")
                        .next())
                .isEqualTo(NextStep.REGISTER);
    }

    /** So that a record that is lost after its detection is known to have been there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'detection': {'mode': 'partitions', 'partitions': ['dt=2026-11-18/hour=7']}",
                "'waive': [{'partition': 'dt=2026-11-18/hour=8', 'reason': 'lost', 'by': 'ada'}]",
                "'redriveOf': 'r1'"
            })
    void runThatLooksAtNothingNotesTheLastChangeOfTheRecord(String input) {
        fixture.table("").data("dt=2026-11-18/hour=7").settled();
        fixture.detect(COMPLETE);

        fixture.detect("r2", json("{" + (input.contains("redriveOf") ? input : COMPLETE + ", " + input) + "}"));

        assertThat(fixture.run("r2").detection().orElseThrow().report().after()).isPresent();
    }

    @Test
    void runThatContinuesAnotherIsRefused() {
        fixture.table("").data("dt=2026-11-18/hour=7").detect(COMPLETE);
        partialTable();

        assertThatThrownBy(() -> fixture.detect("r2", json("{'redriveOf': 'r1'}")))
                .isInstanceOf(RecordLostException.class);
    }
}
