package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions that a user names. */
class ExplicitTest {

    private final DetectorFixture fixture = new DetectorFixture();

    private static String partitions(String list) {
        return ", 'detection': {'mode': 'partitions', 'partitions': [" + list + "]}";
    }

    @Test
    void onlyNamesThatMayBeWrittenOtherwiseAreListed() {
        fixture.data("dt=2013-02-08/hour=16", "dt=2013-02-08/hour=17").quiet();

        DetectorAnswer answer = fixture.detect(
                COMPLETE + partitions("'DT=2013-02-08/HOUR=17', ['2013-02-09', '3'], ['2013-02-09', 4]"));

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 3L));
        assertThat(fixture.work())
                .containsExactly(
                        partition("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17"),
                        partition("flights/dt=2013-02-09/hour=3/", "2013-02-09", "3"),
                        partition("flights/dt=2013-02-09/hour=4/", "2013-02-09", "4"));
        assertThat(fixture.listed())
                .containsExactlyInAnyOrder(
                        "lake/flights/dt=2013-02-08/hour=17/",
                        "lake/flights/dt=2013-02-09/",
                        "lake/flights/dt=2013-02-09/hour=3/",
                        "lake/flights/",
                        "lake/flights/dt=2013-02-09/hour=4/");
    }

    /** Runs that list the table find these folders, whatever the case of the keys' names. */
    @ParameterizedTest
    @CsvSource({"Dt=2013-02-08/Hour=17, 17", "dt=2013-02-08/Hour=17, 17", "DT=2013-02-08/hour=7, 7"})
    void namesOfKeysMayHaveCapitals(String path, String hour) {
        fixture.data(path, "dt=2013-02-09/hour=1").quiet();

        fixture.detect(COMPLETE + partitions("'dt=2013-02-08/hour=" + hour + "'"));

        assertThat(fixture.work()).containsExactly(partition("flights/" + path + "/", "2013-02-08", hour));
    }

    @ParameterizedTest
    @CsvSource({"7, 07", "07, 7"})
    void namedPartitionIsThatWhichS3Has(String named, String there) {
        fixture.data("dt=2013-02-08/hour=" + there, "dt=2013-02-08/hour=17").quiet();

        fixture.detect(COMPLETE + partitions("'dt=2013-02-08/hour=" + named + "'"));

        assertThat(fixture.work())
                .containsExactly(partition("flights/dt=2013-02-08/hour=" + there + "/", "2013-02-08", there));
        assertThat(fixture.listed()).containsExactly("lake/flights/dt=2013-02-08/");
    }

    /** Some writers escape more than Hive does. */
    @Test
    void namedPartitionIsEscapedAsS3HasIt() {
        fixture.tableOf("[{'name': 'region', 'type': 'string'}]", "hive")
                .data("region=a%21b")
                .quiet();

        fixture.detect(NAMES + partitions("['a!b']"));

        assertThat(fixture.prefixes()).containsExactly("flights/region=a%21b/");
    }

    @Test
    void numbersOfSeveralLevelsAreFoundInTheFormOfEach() {
        fixture.tableOf(
                        "[{'name': 'year', 'type': 'int'}, {'name': 'month', 'type': 'int'}, {'name': 'day', 'type':"
                                + " 'int'}]",
                        "${year}/${month}/${day}")
                .data("2013/02/8", "2013/02/9", "2013/12/08")
                .quiet();

        fixture.detect(NAMES + partitions("[2013, 2, 8], [2013, 2, 9], [2013, 12, 8], [2013, 2, 17]"));

        assertThat(fixture.prefixes())
                .containsExactlyInAnyOrder(
                        "flights/2013/02/8/", "flights/2013/02/9/", "flights/2013/12/08/", "flights/2013/02/17/");
        assertThat(fixture.listed())
                .as("the months, and the days of two of them")
                .hasSize(3);
    }

    /** As in any other mode: neither replaces the other. */
    @Test
    void namedPartitionThatS3HasTwiceIsAConflict() {
        fixture.data("dt=2013-02-08/hour=7", "dt=2013-02-08/hour=07").quiet();

        DetectorAnswer answer = fixture.detect(COMPLETE + partitions("'dt=2013-02-08/hour=7'"));

        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.CONFLICT, 2L));
    }

    @Test
    void conflictOfANamedPartitionTellsWhichIsRegistered() {
        fixture.table("")
                .data("dt=2013-02-08/hour=7", "dt=2013-02-08/hour=07")
                .processed("dt=2013-02-08/hour=7", "2013-02-08", "7");

        DetectorAnswer answer = fixture.detect(NAMES + partitions("'dt=2013-02-08/hour=7'"));

        assertThat(answer.detection().skippedSample())
                .extracting(Skip::prefix)
                .containsExactly("flights/dt=2013-02-08/hour=07/");
    }

    @Test
    void registeredPartitionIsProcessedWhereS3HasIt() {
        fixture.table("").data("dt=2013-02-08/hour=07").registered("2013-02-08", "7");

        fixture.detect(NAMES + partitions("'dt=2013-02-08/hour=7'"));

        assertThat(fixture.work()).containsExactly(partition("flights/dt=2013-02-08/hour=07/", "2013-02-08", "7"));
    }

    /** Nothing lies where the layout would write it. */
    @Test
    void registeredPartitionIsProcessedInTheCaseOfItsFolders() {
        fixture.table("").foreign("DT=2026-11-18/Hour=7", "2026-11-18", "7");

        fixture.detect(NAMES + partitions("'dt=2026-11-18/hour=7'"));

        assertThat(fixture.work())
                .containsExactly(DetectorFixture.partition("flights/DT=2026-11-18/Hour=7/", "2026-11-18", "7"));
    }

    @Test
    void registeredPartitionIsProcessedAgain() {
        fixture.table("").registered("2013-02-08", "17").quiet();

        DetectorAnswer answer = fixture.detect(NAMES + partitions("'dt=2013-02-08/hour=17'"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.AGAIN, 1L));
        assertThat(fixture.work()).containsExactly(partition("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17"));
        assertThat(fixture.glueRequests()).as("the table, and the partitions").isEqualTo(2);
    }

    @Test
    void whatIsRegisteredKeepsItsOwnForm() {
        fixture.table("").registered("2013-02-08", "7");

        fixture.detect(NAMES + partitions("'dt=2013-02-08/hour=07'"));

        assertThat(fixture.work()).containsExactly(partition("flights/dt=2013-02-08/hour=07/", "2013-02-08", "7"));
    }

    @Test
    void failedPartitionIsRetriedWhereItLay() {
        fixture.table("").outstanding("flights/DT=2013-02-08/hour=07/", "2013-02-08", "07");

        DetectorAnswer answer = fixture.detect(NAMES + partitions("'dt=2013-02-08/hour=7'"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.RETRIED, 1L));
        assertThat(fixture.work()).containsExactly(partition("flights/DT=2013-02-08/hour=07/", "2013-02-08", "07"));
    }

    @Test
    void otherFailuresAreLeftAlone() {
        fixture.table("").outstanding("flights/dt=2013-02-08/hour=16/", "2013-02-08", "16");

        fixture.detect(NAMES + partitions("'dt=2013-02-08/hour=17'"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
    }

    @Test
    void partitionThatIsNamedTwiceIsProcessedOnce() {
        fixture.detect(COMPLETE
                + partitions("'dt=2013-02-08/hour=7', 'dt=2013-02-08/hour=07', ['2013-02-08', 7],"
                        + " 'dt=2013-02-08/hour=7'"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=7/");
    }

    @Test
    void prefixIsThatOfTheLayout() {
        String spec = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'a', 'type':"
                + " 'string'}], 'layout': 'in/${at}', 'partitionKeys': [{'name': 'at', 'type': 'timestamp', 'format':"
                + " 'yyyy/MM/dd/HH'}]";

        fixture.detect(spec + partitions("'at=2013-02-08 17%3A00%3A00'"));

        assertThat(fixture.work()).containsExactly(partition("flights/in/2013/02/08/17/", "2013-02-08 17:00:00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'dt=2013-02-08/hour=7x' | '7x' is not a value of key hour, expected one of type int",
                "['2013-02-30', '7']     | '2013-02-30' is not a value of key dt, expected one such as 2013-02-08",
                "['2013-02-08']          | expected 2 values, for dt, hour, found 1",
                "'hour=7'                | expected dt=<date>/hour=<int>, found 'hour=7'",
            })
    void valuesThatTheKeysCannotHoldAreNamedByTheirPlace(String named, String problem) {
        assertThatThrownBy(() -> fixture.detect(COMPLETE + partitions("'dt=2013-02-08/hour=7', " + named)))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $.detection.partitions[1]: " + problem);
        assertThat(fixture.writes()).isEmpty();
    }

    @Test
    void valueThatTheLayoutCannotWriteIsNamedByItsPlace() {
        String spec = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'a', 'type':"
                + " 'string'}], 'layout': '${region}', 'partitionKeys': [{'name': 'region', 'type': 'string'}]";

        assertThatThrownBy(() -> fixture.detect(spec + partitions("['us'], ['_us']")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.detection.partitions[1]: the layout <region> cannot write [_us]");
    }

    /** It was registered when the run began: that it is now does not mean that it has been processed again. */
    @Test
    void redriveTakesUpWhatIsRegisteredToo() {
        fixture.table("").registered("2013-02-08", "17");
        fixture.detect("r0", DetectorFixture.json("{" + NAMES + partitions("'dt=2013-02-08/hour=17'") + "}"));

        fixture.detect("'redriveOf': '" + new RunId("r0") + "'");

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
    }
}
