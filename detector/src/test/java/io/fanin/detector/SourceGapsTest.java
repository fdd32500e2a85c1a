package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.record.TestForms;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.MissingPeriods.Stretch;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The periods without a prefix of a table that is made from raw data, which may be removed. */
class SourceGapsTest {

    private final DetectorFixture fixture = new DetectorFixture();

    /** Raw data may be removed once it is converted: what was made of it is there, and what never came is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void periodsWhoseRawDataIsGoneAreThere(String mode) {
        String spec = SourceTable.SOURCE + ", 'detection': {'mode': '" + mode + "', 'gaps': 'outstanding'}";
        SourceTable.in(fixture);
        converted(0, 1, 2, 3, 5);
        fixture.settledBy(spec);
        removed(0, 1, 2, 3, 5);
        fixture.raw("dt=2026-11-20/hour=8").processed("2026/11/20/09", "2026/11/20/09"); // by a calendar

        fixture.detect(NAMES + spec);

        assertThat(report().newest()).hasValue("2026-11-20T05:00");
        assertThat(report().counts().missing().sample())
                .containsExactly(
                        new Stretch("2026-11-20T04:00", "2026-11-20T04:00", 1),
                        new Stretch("2026-11-20T06:00", "2026-11-20T07:00", 2));
        assertThat(report().open()).hasValue("2026-11-20T04:00");
        assertThat(report().counts().found()).isEqualTo(1);
    }

    /** It may be registered ahead of its data, or without any. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void partitionOfAnotherToolWithoutRawDataCountsForNothing(String mode) {
        String spec = SourceTable.SOURCE + ", 'detection': {'mode': '" + mode + "', 'gaps': 'outstanding'}";
        SourceTable.in(fixture);
        converted(1, 2, 4, 6);
        fixture.registeredAt("s3://lake/flights/2026/11/20/05/", "2026/11/20/05")
                .registeredAt("s3://lake/flights/2026/11/20/23/", "2026/11/20/23")
                .settledBy(spec);

        fixture.detect(NAMES + spec);

        assertThat(report().newest()).hasValue("2026-11-20T06:00");
        assertThat(report().counts().missing().sample())
                .containsExactly(
                        new Stretch("2026-11-20T03:00", "2026-11-20T03:00", 1),
                        new Stretch("2026-11-20T05:00", "2026-11-20T05:00", 1));
    }

    /** An empty partition had no data that could be missed, whether it is registered or skipped. */
    @ParameterizedTest
    @ValueSource(strings = {"register", "skip"})
    void emptyPeriodsAreNotMissingWhenTheirRawDataIsGone(String onEmpty) {
        String spec = SourceTable.SOURCE + ", 'onEmpty': '" + onEmpty
                + "', 'detection': {'mode': 'full', 'gaps': 'outstanding'}";
        SourceTable.in(fixture);
        converted(1, 2, 4);
        if (onEmpty.equals("register")) {
            fixture.converted(SourceTable.at("20/03", "dt=2026-11-20/hour=3"));
        } else {
            fixture.record(
                    record -> record.withEmpty(List.of(PartitionValues.of("2026/11/20/03")), TestForms.AS_WRITTEN));
        }
        fixture.settledBy(spec);
        removed(1, 2);

        fixture.detect(NAMES + spec);

        assertThat(report().counts().missing()).isEqualTo(MissingPeriods.NONE);
        assertThat(report().open()).isEmpty();
    }

    /** Nothing was ever written, whether somebody has removed the folder since or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void periodOfAFolderWithoutAnythingIsMissing(boolean isFolderThere) {
        String spec = SourceTable.SOURCE + ", 'detection': {'mode': 'full', 'gaps': 'outstanding'}";
        SourceTable.in(fixture);
        converted(1, 2, 4);
        fixture.record(record ->
                        record.withNotBegun(List.of(PartitionValues.of("2026/11/20/03")), TestForms.AS_WRITTEN))
                .settledBy(spec);
        if (isFolderThere) {
            fixture.aws.s3().put("landing", "raw/dt=2026-11-20/hour=3/", "");
        }

        fixture.detect(NAMES + spec);

        assertThat(report().counts().missing().sample())
                .containsExactly(new Stretch("2026-11-20T03:00", "2026-11-20T03:00", 1));
    }

    /** Their raw data is gone. */
    private void removed(int... hours) {
        for (int hour : hours) {
            fixture.aws.s3().delete("landing", "raw/dt=2026-11-20/hour=" + hour + "/part-0.json");
        }
    }

    private void converted(int... hours) {
        for (int hour : hours) {
            fixture.raw("dt=2026-11-20/hour=" + hour)
                    .converted(SourceTable.at("20/0" + hour, "dt=2026-11-20/hour=" + hour));
        }
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }
}
