package io.fanin.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.spec.SpecException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys whose values are times, and values that are none. */
class TimeKeysTest {

    private static final String STRINGS = "[{'name': 'year', 'type': 'string'}, {'name': 'month', 'type': 'string'},"
            + " {'name': 'day', 'type': 'string'}, {'name': 'hour', 'type': 'string'}]";

    private static final String FORMATS =
            "[{'name': 'y', 'type': 'string', 'format': 'yyyy'}, {'name': 'm', 'type': 'string', 'format': 'MM'},"
                    + " {'name': 'd', 'type': 'string', 'format': 'dd'}, {'name': 'h', 'type': 'string', 'format': 'HH'}]";

    private static final String TEMPLATE = "${year}/${month}/${day}/${hour}";

    private static final String FULL = ", 'detection': {'mode': 'full'}";

    private final DetectorFixture fixture = new DetectorFixture();

    private static String keyed(String keys, String layout) {
        return DetectorFixture.keyed(keys) + ", 'layout': '" + layout + "'";
    }

    private DetectionReport report() {
        return fixture.detection().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void folderThatIsNoTimeIsSkippedAndNeverNew(String more) {
        fixture.data(
                "2024/06/04/05",
                "2024/06/04/05_tmp",
                "latest/06/04/05",
                "year=2024/month=06/day=04/hour=05",
                "２０２４/06/04/05",
                "20240/06/04/05",
                "2024/06/04/24",
                "2024/13/04/05",
                "2024/02/30/05");

        fixture.detect(keyed(STRINGS, TEMPLATE) + more);

        assertThat(fixture.prefixes()).containsExactly("flights/2024/06/04/05/");
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(SkipReason.BAD_VALUE, 8L));
        assertThat(report().counts().skips().sample())
                .extracting(skip -> skip.detail())
                .contains("'year=2024/month=02/day=30/hour=05' is not a day of the calendar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL})
    void keysOfAnyNameTellAMomentByTheirFormats(String more) {
        fixture.tableOf(FORMATS, "${y}/${m}/${d}/${h}")
                .data("2024/06/04/05", "2024/06/04/07", "2024/06/04/7", "2024/06/04/x")
                .processed("2024/06/04/05", "2024", "06", "04", "05");

        fixture.detect(DetectorFixture.NAMES + more);

        assertThat(fixture.prefixes()).containsExactly("flights/2024/06/04/07/");
        assertThat(report().counts().missing().count()).isEqualTo(1);
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(SkipReason.BAD_VALUE, 2L));
    }

    @Test
    void windowFollowsTheFormatsOfKeysOfAnyName() {
        fixture.tableOf(FORMATS, "${y}/${m}/${d}/${h}")
                .data("2024/06/04/05", "2024/05/01/00")
                .processed("2024/06/04/05", "2024", "06", "04", "05")
                .processed("2024/05/01/00", "2024", "05", "01", "00")
                .settled();

        fixture.data("2024/06/04/06", "2024/05/01/01").quiet();
        fixture.detect(DetectorFixture.NAMES);

        assertThat(fixture.prefixes()).containsExactly("flights/2024/06/04/06/");
        assertThat(report().from()).hasValue("2024-06-02T05:00");
    }

    @Test
    void keyThatIsNoTimeHasNoWindowAndNoGaps() {
        String plain = STRINGS.replace("'string'}", "'string', 'time': false}");
        fixture.tableOf(plain, TEMPLATE)
                .data("2024/06/04/05", "latest/06/04/05_tmp", "2024/06/04/09")
                .processed("2024/06/04/05", "2024", "06", "04", "05")
                .settled();

        fixture.detect(DetectorFixture.NAMES);

        assertThat(fixture.prefixes()).containsExactly("flights/2024/06/04/09/", "flights/latest/06/04/05_tmp/");
        assertThat(report().from()).isEmpty();
        assertThat(report().counts().missing().count()).isZero();
        assertThat(report().newest()).isEmpty();
        assertThatThrownBy(() -> fixture.detect(
                        "r2",
                        DetectorFixture.json("{" + DetectorFixture.NAMES
                                + ", 'detection': {'mode': 'range', 'from': '2024-01-01', 'to': '2024-02-01'}}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("range needs keys that are times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", FULL, ", 'detection': {'mode': 'full', 'lateData': true}"})
    void registeredPartitionWithABadValueIsLeftAlone(String more) {
        fixture.tableOf(STRINGS, TEMPLATE)
                .data("2024/06/04/05", "latest/06/04/05", "2024/06/04/24")
                .processed("latest/06/04/05", "latest", "06", "04", "05")
                .processed("2024/06/04/24", "2024", "06", "04", "24")
                .registered("2024", "02", "30", "x");

        fixture.detect(DetectorFixture.NAMES + more);

        assertThat(fixture.prefixes()).containsExactly("flights/2024/06/04/05/");
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(SkipReason.BAD_VALUE, 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024/06/04/24", "2024/02/30/05"})
    void namedPartitionThatIsNoTimeIsRefused(String values) {
        fixture.tableOf(STRINGS, TEMPLATE);

        assertThatThrownBy(() -> fixture.detect(DetectorFixture.NAMES
                        + ", 'detection': {'mode': 'partitions', 'partitions': [['"
                        + values.replace("/", "', '")
                        + "']]}"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("$.detection.partitions[0]: '");
    }

    @Test
    void valueWithNulIsSkippedAndNeverNew() {
        fixture.data("dt=2024-06-04/r=n%00o", "dt=2024-06-04/r=a%0Ab", "dt=2024-06-04/r=o%27neil");

        fixture.detect(keyed("[{'name': 'dt', 'type': 'date'}, {'name': 'r', 'type': 'string'}]", "hive"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2024-06-04/r=o%27neil/");
        assertThat(report().counts().skips().reasons()).isEqualTo(Map.of(SkipReason.BAD_VALUE, 2L));
        assertThat(report().counts().skips().sample())
                .allSatisfy(skip -> assertThat(skip.detail()).contains("NUL"));
    }
}
