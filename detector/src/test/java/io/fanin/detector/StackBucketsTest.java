package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.run.folder.RunStart;
import io.fanin.core.tables.SpecResolution;
import io.fanin.core.tables.StackBuckets;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.WaiverChange;
import io.fanin.model.spec.SpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The permissions of the stack's parameters for buckets. */
class StackBucketsTest {

    private static final String SOURCE = ", 'source': {'location': 's3://landing/raw/'}";

    private static final String CONVERT = SOURCE + ", 'processor': {'type': 'convert'}";

    private static final String PARQUET = COMPLETE.replace("'json'", "'parquet'");

    private static DetectorFixture stack(String data, String target, String specs) {
        return new DetectorFixture(StackBuckets.of("state", data, target, specs));
    }

    private static void assertRefused(DetectorFixture fixture, String input, String message) {
        assertThatThrownBy(() -> fixture.detect(input))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(message);
        assertThat(fixture.listed()).as("what was looked at").isEmpty();
        assertThat(fixture.writes()).as("what was written").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SOURCE + ", 'processor': {'type': 'convert'}",
                SOURCE + ", 'processor': {'type': 'sql', 'query': 'SELECT * FROM source'}",
                SOURCE + ", 'processor': {'type': 'custom', 'name': 'pairs'}",
                ", 'processor': {'type': 'glue-job', 'job': 'etl'}",
                CONVERT + ", 'dryRun': true"
            })
    void partitionsAreMadeInTargetBucketsAlone(String making) {
        assertRefused(
                stack("lake,landing", "elsewhere", ""),
                PARQUET + making,
                "$.location: the processor makes the partitions of s3://lake/flights/, in whose bucket the stack may not"
                        + " write (TargetBuckets names elsewhere): correct it, or name the bucket in the stack's parameter"
                        + " TargetBuckets");
    }

    @Test
    void stackWithoutTargetBucketsMakesNoPartitions() {
        assertRefused(stack("lake,landing", "", ""), PARQUET + CONVERT, "may not write (TargetBuckets names none)");
    }

    /** The stack may have been deployed with other buckets since. */
    @Test
    void redriveIsHeldAgainstTheBucketsOfToday() {
        DetectorFixture fixture = stack("lake,landing", "", "");
        fixture.run("earlier")
                .writeStart(RunStart.of(
                        SpecResolution.resolveNew(DetectorFixture.spec(PARQUET + CONVERT)),
                        DetectionReport.NONE,
                        TakenEntries.NONE,
                        WaiverChange.NONE));
        fixture.quiet();

        assertThatThrownBy(() -> fixture.detect("r1", json("{'redriveOf': 'earlier'}")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("TargetBuckets names none");
    }

    @Test
    void tablesOfTargetBucketsAreReadWithoutBeingNamedTwice() {
        DetectorFixture fixture = stack("landing", "lake", "");

        assertThat(fixture.data("dt=2013-02-08/hour=1").detect(COMPLETE).next()).isEqualTo(NextStep.PROCESS);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://lake/flights/, $.location",
        "s3://landing/raw/, $.source.location",
    })
    void stateBucketIsNeverData(String folder, String path) {
        assertRefused(
                stack("*a*", "*a*", ""),
                (PARQUET + CONVERT).replace(folder, "s3://state/runs/"),
                path
                        + ": s3://state/runs/ lies in the stack's state bucket, which holds what the system itself writes and"
                        + " nothing else: use another bucket");
    }

    @Test
    void stateBucketHoldsNoSpecs() {
        assertRefused(
                stack("lake", "", "*a*"),
                "'spec': 's3://state/runs/r0/spec.json'",
                "$.spec: s3://state/runs/r0/spec.json lies in the stack's state bucket");
    }

    @Test
    void landingBucketsCarryNoSpecs() {
        DetectorFixture fixture = stack("lake,landing", "lake", "");
        fixture.aws.s3().put("landing", "flights.json", "{" + NAMES.replace('\'', '"') + "}");

        assertRefused(
                fixture,
                "'spec': 's3://landing/flights.json'",
                "$.spec: s3://landing/flights.json lies outside the buckets that specs are read from (SpecBuckets names"
                        + " none): name the bucket in the stack's parameter SpecBuckets, or give the text itself");
    }
}
