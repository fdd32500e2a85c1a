package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.SourceTable.H7;
import static io.fanin.detector.SourceTable.H8;
import static io.fanin.detector.SourceTable.SOURCE;
import static io.fanin.detector.SourceTable.SPEC;
import static io.fanin.detector.SourceTable.TABLE;
import static io.fanin.detector.SourceTable.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw data that lies in a folder and a layout of its own, and is converted into the table's. */
class SourceTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {"'mode': 'list'", "'mode': 'full'", "'mode': 'range', 'from': '2026-11-20', 'to': '2026-11-21'"})
    void whatLiesInTheSourceIsPlacedInTheTable(String detection) {
        fixture.raw("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8")
                .data("2026/11/20/09")
                .quiet();

        DetectorAnswer answer = fixture.detect(SPEC + ", 'detection': {" + detection + "}");

        assertThat(answer.next()).isEqualTo(NextStep.CHECK);
        assertThat(fixture.work()).containsExactly(H7, H8);
        assertThat(fixture.listed()).isNotEmpty().allMatch(prefix -> prefix.startsWith("landing/raw/"));
    }

    @Test
    void layoutOfTheSourceMayBeTheOneWithTheTemplate() {
        fixture.raw("2026/11/20/07").quiet();
        String spec = DetectorFixture.COMPLETE.replace("'json'", "'parquet'")
                + ", 'source': {'location': 's3://landing/raw/', 'layout': '${at}',"
                + " 'partitionKeys': [{'name': 'at', 'type': 'string', 'format': 'yyyy/MM/dd/HH'}]},"
                + " 'processor': {'type': 'convert'}";

        fixture.detect(spec);

        assertThat(fixture.work())
                .containsExactly(new Partition(
                        PartitionValues.of("2026-11-20", "07"),
                        "flights/dt=2026-11-20/hour=07/",
                        Optional.of("raw/2026/11/20/07/")));
    }

    @Test
    void sourceDefaultsToTheTablesKeysAndHiveLayout() {
        fixture.raw("inserted_at=2026%2F11%2F20%2F07").quiet();

        fixture.detect(TABLE + ", 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'convert'}");

        assertThat(fixture.work()).containsExactly(at("20/07", "inserted_at=2026%2F11%2F20%2F07"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "full"})
    void whatIsRegisteredIsNotNew(String mode) {
        SourceTable.in(fixture)
                .raw("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8")
                .converted(H7);

        DetectorAnswer answer = fixture.detect(NAMES + SOURCE + ", 'detection': {'mode': '" + mode + "'}");

        assertThat(fixture.work()).containsExactly(H8);
        assertThat(answer.detection().found()).isEqualTo(2);
        assertThat(fixture.detection().orElseThrow().counts().registered()).isEqualTo(1);
    }

    @Test
    void runAfterRunFindsNothingUntilSomethingArrives() {
        SourceTable.in(fixture).raw("dt=2026-11-20/hour=7");
        String spec = NAMES + SOURCE;
        fixture.detect("first", json("{" + spec + "}"));
        fixture.concluded("first");

        assertThat(fixture.detect("second", json("{" + spec + "}")).next()).isEqualTo(NextStep.NOTHING_NEW);

        fixture.raw("dt=2026-11-20/hour=8");
        fixture.detect("third", json("{" + spec + "}"));
        assertThat(fixture.work("third")).containsExactly(H8);
    }

    /** The window of the table's progress is one of the source's names, and as few requests as in the table's own. */
    @Test
    void onlyTheWindowIsListedAndAskedFor() {
        SourceTable.in(fixture);
        IntStream.rangeClosed(10, 18).forEach(day -> {
            fixture.raw("dt=2026-11-" + day + "/hour=12");
            fixture.converted(at(day + "/12", "dt=2026-11-" + day + "/hour=12"));
        });
        fixture.settledBy(SOURCE);
        fixture.raw("dt=2026-11-02/hour=13", "dt=2026-11-19/hour=12").quiet();

        fixture.detect(NAMES + SOURCE);

        assertThat(fixture.detection().orElseThrow().from()).hasValue("2026-11-16T12:00");
        assertThat(fixture.work()).containsExactly(at("19/12", "dt=2026-11-19/hour=12"));
        assertThat(fixture.listed())
                .as("the level of days, four days, one for the partitions that may have changed")
                .hasSize(1 + 4 + 1)
                .doesNotContain("landing/raw/dt=2026-11-15/");
        assertThat(fixture.aws.log().calls("GetPartitions"))
                .extracting(call -> call.fact("Expression"))
                .containsExactly("inserted_at >= '2026/11/16/12'");
        assertThat(fixture.aws.log().count("BatchGetPartition")).isZero();
    }

    @Test
    void sourceCostsAsManyRequestsAsTheTablesOwnFolder() {
        String keys = "[{'name': 'year', 'type': 'string'}, {'name': 'month', 'type': 'string'},"
                + " {'name': 'day', 'type': 'string'}, {'name': 'hour', 'type': 'string'}]";
        String source = ", 'source': {'location': 's3://landing/raw/', 'partitionKeys': " + keys
                + "}, 'processor': {'type': 'convert'}";
        DetectorFixture own = new DetectorFixture().tableOf(keys, "hive");
        SourceTable.in(fixture);
        IntStream.range(0, 100).forEach(i -> {
            LocalDateTime hour = LocalDateTime.of(2026, 11, 16, 0, 0).plusHours(i);
            String path = hour.format(DateTimeFormatter.ofPattern("'year='yyyy'/month='MM'/day='dd'/hour='HH"));
            own.data(path).processed(path, path.replaceAll("[a-z]+=", "").split("/"));
            fixture.raw(path).converted(at(hour.format(DateTimeFormatter.ofPattern("dd/HH")), path));
        });
        own.settled().data("year=2026/month=11/day=20/hour=04");
        fixture.settledBy(source).owning().raw("year=2026/month=11/day=20/hour=04");

        own.detect(NAMES + ", 'processor': {'type': 'validate'}, 'dryRun': true");
        fixture.detect(NAMES + source + ", 'dryRun': true");

        Plan plan = fixture.run().plan().orElseThrow();
        assertThat(plan.detection().counts().pending().reasons()).isEqualTo(Map.of(Reason.NEW, 1L));
        assertThat(plan.cost().requests())
                .isEqualTo(own.run().plan().orElseThrow().cost().requests());
    }

    @Test
    void sourceThatMovedIsLookedAtInFull() {
        SourceTable.in(fixture)
                .raw("dt=2026-11-18/hour=7")
                .converted(at("18/07", "dt=2026-11-18/hour=7"))
                .settledBy(SOURCE);

        fixture.detect(NAMES + SOURCE.replace("s3://landing/raw/", "s3://landing/elsewhere/"));

        assertThat(fixture.detection().orElseThrow().from()).isEmpty();
    }

    @Test
    void markerIsLookedForInTheSource() {
        fixture.raw("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8");
        fixture.aws.s3().put("landing", "raw/dt=2026-11-20/hour=8/_SUCCESS", "");

        DetectorAnswer answer =
                fixture.detect(SPEC + ", 'detection': {'mode': 'list', 'readiness': {'marker': '_SUCCESS'}}");

        assertThat(fixture.work()).containsExactly(H8);
        assertThat(answer.detection().waiting()).isEqualTo(1);
        assertThat(fixture.detection().orElseThrow().counts().waiting().sample())
                .containsExactly(new PartitionLabel(
                        "inserted_at=2026%2F11%2F20%2F07", "raw/dt=2026-11-20/hour=7/", "has no _SUCCESS"));
    }

    @Test
    void quietPeriodIsOfTheSource() {
        fixture.raw("dt=2026-11-20/hour=7").quiet();

        DetectorAnswer answer =
                fixture.detect(SPEC + ", 'detection': {'mode': 'list', 'readiness': {'quietPeriod': 'PT2H'}}");

        assertThat(answer.detection().waiting()).isEqualTo(1);
    }

    @Test
    void valueThatTheTableCannotHoldIsSkippedAlone() {
        fixture.raw("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=25", "dt=__HIVE_DEFAULT_PARTITION__/hour=1")
                .quiet();

        DetectorAnswer answer = fixture.detect(SPEC);

        assertThat(fixture.work()).containsExactly(H7);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.BAD_VALUE, 2L));
        assertThat(fixture.detection().orElseThrow().counts().skips().sample())
                .extracting(Skip::prefix)
                .containsExactly("raw/dt=2026-11-20/hour=25/", "raw/dt=__HIVE_DEFAULT_PARTITION__/hour=1/");
    }

    @Test
    void twoPrefixesOfOnePartitionAreAConflict() {
        fixture.raw("dt=2026-11-20/hour=7", "dt=2026-11-20/hour=07", "dt=2026-11-20/hour=8")
                .quiet();

        DetectorAnswer answer = fixture.detect(SPEC);

        assertThat(fixture.work()).containsExactly(H8);
        assertThat(answer.detection().skippedReasons()).isEqualTo(Map.of(SkipReason.CONFLICT, 2L));
        assertThat(fixture.detection().orElseThrow().counts().skips().sample())
                .contains(new Skip(
                        "raw/dt=2026-11-20/hour=07/",
                        SkipReason.CONFLICT,
                        "means the same values as raw/dt=2026-11-20/hour=7/"));
    }

    @Test
    void rangeIsOneOfTheTablesMoments() {
        fixture.raw("dt=2026-11-19/hour=23", "dt=2026-11-20/hour=7", "dt=2026-11-20/hour=8")
                .quiet();

        fixture.detect(SPEC + ", 'detection': {'mode': 'range', 'from': '2026-11-20T07:00', 'to': '2026-11-20T08:00'}");

        assertThat(fixture.work()).containsExactly(H7);
        assertThat(fixture.listed()).containsExactlyInAnyOrder("landing/raw/", "landing/raw/dt=2026-11-20/");
    }

    @Test
    void planNamesWhereTheRawDataLies() {
        fixture.raw("dt=2026-11-20/hour=7").quiet();

        fixture.detect(SPEC + ", 'dryRun': true");

        assertThat(fixture.run()
                        .plan()
                        .orElseThrow()
                        .detection()
                        .counts()
                        .pending()
                        .sample())
                .containsExactly(
                        new Plan.Planned(Reason.NEW, "inserted_at=2026%2F11%2F20%2F07", "raw/dt=2026-11-20/hour=7/"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://other/raw/, $.source.location: s3://other/raw/ lies outside the stack's data buckets",
        "s3://lake/flights/raw/, $.source.location: lies in $.location (s3://lake/flights/)",
    })
    void sourceThatMayNotBeReadIsRefusedBeforeAnythingIsListed(String location, String problem) {
        SourceTable.in(fixture);

        assertThatThrownBy(() -> fixture.detect(NAMES + SOURCE.replace("s3://landing/raw/", location)))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(problem);
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void sourceWhoseKeysCannotTellThoseOfTheCatalogIsRefused() {
        SourceTable.in(fixture);

        assertThatThrownBy(() -> fixture.detect(NAMES + SOURCE.replace("'name': 'hour'", "'name': 'shard'")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.source.partitionKeys: the source's key 'shard' is none of the table's");
    }
}
