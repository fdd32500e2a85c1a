package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TestForms;
import io.fanin.fakes.Call;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table that is made from raw data elsewhere, and a spec that says neither where that lies nor that it is not meant.
 */
class SourceCheckTest {

    private static final String SOURCE =
            ", 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'convert'}";

    private static final String VALIDATE = ", 'processor': {'type': 'validate'}";

    private static final Partition DAY = converted("dt", "2026-11-19");
    private static final Partition REGION = converted("region", "eu");

    private final DetectorFixture fixture = new DetectorFixture();

    private static Partition converted(String key, String value) {
        String folder = key + "=" + value + "/";
        return new Partition(PartitionValues.of(value), "flights/" + folder, Optional.of("raw/" + folder));
    }

    /** Of a table in Parquet with one key. */
    private static String spec(String key, String type) {
        return DetectorFixture.keyed("[{'name': '" + key + "', 'type': '" + type + "'}]")
                        .replace("'json'", "'parquet'") + ", 'layout': 'hive'";
    }

    /** A table by day, of which one day is converted and another waits in the source. */
    private DetectorFixture days() {
        return table(spec("dt", "date"))
                .raw("dt=2026-11-19", "dt=2026-11-20")
                .converted(DAY)
                .data("dt=2026-11-19")
                .settledBy(SOURCE)
                .quiet();
    }

    private DetectorFixture table(String spec) {
        fixture.catalog.createTableIfAbsent(DetectorFixture.resolved(spec).definition(), Map.of());
        return fixture.quiet();
    }

    /** A run of a table by region, whose record says nothing of how far the table is. */
    private DetectorFixture regions() {
        fixture.raw("region=eu").detect("r0", json("{" + spec("region", "string") + SOURCE + "}"));
        table(spec("region", "string"));
        return lastRun("r0");
    }

    private DetectorFixture lastRun(String run) {
        return fixture.record(
                record -> record.with(new RecordedRun(new RunId(run), "s3://state/runs/" + run + "/", 0)));
    }

    private DetectorFixture failed(Partition partition) {
        return fixture.record(record -> record.withFailures(
                List.of(OutstandingFailure.first(
                        partition, new Failure(FailureCode.TRUNCATED, "cut"), new RunId("r0"), 0)),
                TestForms.AS_WRITTEN));
    }

    private void assertRefused(String fields, String... message) {
        fixture.quiet();
        assertThatThrownBy(() -> fixture.detect(fields))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContainingAll(message);
        assertThat(fixture.writes()).isEmpty();
        assertThat(fixture.listed()).isEmpty();
    }

    /** The source would be passed over, and the run would say that there is nothing new. */
    @Test
    void specWithoutItsSourceIsRefusedWithTheRawDatasLocation() {
        days();

        assertRefused(
                NAMES,
                "The table spec cannot be run: $.source: is missing, and analytics.flights was last made from raw data, in"
                        + " s3://landing/raw/ hive (dt date): give the spec with its source and processor, or"
                        + " \"processor\": {\"type\": \"validate\"} to look at the table's own folder (s3://lake/flights/)");
    }

    @Test
    void specThatSaysAllOfTheTableIsRefusedToo() {
        days();

        assertRefused(spec("dt", "date") + ", 'detection': {'mode': 'full'}", "s3://landing/raw/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'mode': 'full'",
                "'mode': 'range', 'from': '2026-11-19', 'to': '2026-11-21'",
                "'mode': 'partitions', 'partitions': ['dt=2026-11-20']",
                "'mode': 'calendar', 'from': '2026-11-19', 'to': '2026-11-21'",
                "'mode': 'events'"
            })
    void itIsRefusedInEveryMode(String detection) {
        days();

        assertRefused(NAMES + ", 'detection': {" + detection + "}", "s3://landing/raw/");
    }

    @Test
    void itIsNotPlannedEither() {
        days();

        assertRefused(NAMES + ", 'dryRun': true", "s3://landing/raw/");
    }

    @Test
    void specThatLiesInS3IsRefusedToo() {
        days().aws
                .s3()
                .put("lake", "specs/flights.json", json("{" + NAMES + "}").toString());

        assertRefused("'spec': 's3://lake/specs/flights.json'", "s3://landing/raw/");
    }

    @Test
    void specWithItsSourceFindsWhatWaitsThere() {
        days().detect(NAMES + SOURCE);

        assertThat(fixture.work()).containsExactly(converted("dt", "2026-11-20"));
    }

    @Test
    void processorThatIsSaidLooksAtTheTablesOwnFolder() {
        days().data("dt=2026-11-18");

        fixture.detect(NAMES + VALIDATE);

        assertThat(fixture.work()).extracting(Partition::prefix).containsExactly("flights/dt=2026-11-18/");
        assertThat(fixture.listed()).allMatch(prefix -> prefix.startsWith("lake/"));
    }

    @Test
    void redriveHasTheSpecOfItsRun() {
        days().detect("r0", json("{" + NAMES + SOURCE + "}"));

        DetectorAnswer answer = fixture.detect("'redriveOf': 'r0'");

        assertThat(answer.next()).isEqualTo(NextStep.CHECK);
        assertThat(fixture.run().spec().processor()).isInstanceOf(ProcessorSpec.Convert.class);
    }

    /** Its keys are no times, so its record has no basis. */
    @Test
    void tableOfWhichOnlyTheLastRunIsKnownIsRefused() {
        regions();

        assertRefused(
                NAMES, "analytics.flights was last made from raw data, in s3://landing/raw/ hive (region string)");
    }

    /** It would fail again, as a partition without objects, and its reason would be lost. */
    @Test
    void failureWithItsRawDataIsNotRetriedWithoutThat() {
        table(spec("region", "string"));
        failed(REGION);
        lastRun("expired");

        assertRefused(
                NAMES,
                "analytics.flights was last made from raw data, in raw/region=eu/ of another folder: give the spec");
    }

    @Test
    void specWithoutSourceIsAcceptedAfterARunWithoutSource() {
        regions().data("region=us");
        failed(REGION);
        fixture.detect("r1", json("{" + NAMES + VALIDATE + "}"));
        lastRun("r1");

        DetectorAnswer answer = fixture.detect("r2", json("{" + NAMES + "}"));

        assertThat(answer.detection().reasons()).isEqualTo(Map.of(Reason.NEW, 1L, Reason.RETRIED, 1L));
    }

    @Test
    void folderOfAnotherNameWasNotMadeFromTheSource() {
        days().aws.s3().put("lake", "others/dt=2026-11-20/a.parquet", "");

        fixture.detect(NAMES + ", 'location': 's3://lake/others/'");

        assertThat(fixture.prefixes()).containsExactly("others/dt=2026-11-20/");
    }

    @Test
    void tableThatWasDroppedIsWhatItsSpecSays() {
        days().dropTable();

        fixture.detect(spec("dt", "date"));

        assertThat(fixture.prefixes()).containsExactly("flights/dt=2026-11-19/");
    }

    @Test
    void tableWhoseDataStaysAsItIsCostsNoMoreRequest() {
        fixture.table("")
                .data("dt=2026-11-20/hour=7")
                .processed("dt=2026-11-20/hour=7", "2026-11-20", "7")
                .settled()
                .quiet();

        fixture.detect(NAMES);

        assertThat(recordsRead()).isEqualTo(1);
        assertThat(fixture.aws.log().calls("GetObject"))
                .extracting(Call::target)
                .noneMatch(key -> key.endsWith("spec.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SOURCE, VALIDATE})
    void whoSaysWhatIsMeantIsNotAskedFor(String said) {
        days().owning().detect(NAMES + said);

        assertThat(recordsRead()).isEqualTo(1);
    }

    private long recordsRead() {
        return fixture.aws.log().calls("GetObject").stream()
                .filter(call -> call.target().equals("state/tables/analytics/flights/state.json"))
                .count();
    }
}
