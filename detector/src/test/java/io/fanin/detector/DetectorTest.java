package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.lease.Leases;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.spec.TableSpec;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** New partitions, and the requests to find them. */
class DetectorTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void everyPartitionOfAnAbsentTableIsNew() {
        fixture.data("dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18", "dt=2013-02-09/hour=0");

        DetectorAnswer answer = fixture.detect(COMPLETE);

        assertThat(Json.text(answer))
                .isEqualTo(
                        "{\"run\":\"r1\",\"pass\":0,\"table\":\"analytics.flights\",\"next\":\"PROCESS\","
                                + "\"manifest\":\"runs/r1/pass-0/manifest.json\",\"partitions\":3,\"batches\":3,\"reasons\":{\"NEW\":3},"
                                + "\"sample\":[\"NEW dt=2013-02-08/hour=17\",\"NEW dt=2013-02-08/hour=18\",\"NEW dt=2013-02-09/hour=0\"],"
                                + "\"found\":3,\"waiting\":0,\"setAside\":0,\"missing\":5,"
                                + "\"missingSample\":[\"2013-02-08T19:00 to 2013-02-08T23:00\"],\"skipped\":0,\"receipts\":[]}");
        assertThat(fixture.work())
                .containsExactly(
                        partition("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17"),
                        partition("flights/dt=2013-02-08/hour=18/", "2013-02-08", "18"),
                        partition("flights/dt=2013-02-09/hour=0/", "2013-02-09", "0"));
    }

    @Test
    void nothingButTheLeaseAndTheRunFolderIsWritten() {
        fixture.data("dt=2013-02-08/hour=17").quiet();

        fixture.detect(COMPLETE);

        assertThat(fixture.writes())
                .containsExactly(
                        "PutObject state/" + DetectorFixture.LEASE,
                        "PutObject state/runs/r1/spec.json",
                        "PutObject state/runs/r1/pass-0/manifest.json");
    }

    /** The second run of a table, as every hour begins one: LIST apart, which depends on what the lake holds. */
    @Test
    void stateBucketIsAskedFiveTimesByARun() {
        fixture.table("")
                .data("dt=2026-11-19/hour=0")
                .processed("dt=2026-11-19/hour=0", "2026-11-19", "0")
                .settled();
        fixture.leases.release((Leases.Acquired)
                fixture.leases.acquire(DetectorFixture.FLIGHTS, DetectorFixture.execution("earlier", json("{}"))));
        IntStream.range(0, 24).forEach(hour -> fixture.data("dt=2026-11-20/hour=" + hour));
        fixture.quiet();

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(24);

        assertThat(fixture.aws.log().calls().stream()
                        .filter(call ->
                                call.service().equals("s3") && !call.operation().equals("ListObjectsV2"))
                        .map(call -> call.operation() + " " + call.target()))
                .containsExactly(
                        "GetObject state/" + DetectorFixture.LEASE,
                        "GetObject state/tables/analytics/flights/state.json",
                        "PutObject state/" + DetectorFixture.LEASE,
                        "PutObject state/runs/r1/spec.json",
                        "PutObject state/runs/r1/pass-0/manifest.json");
    }

    /** The partitions are later registered in that table only, not in another one of its name. */
    @Test
    void detectionKnowsWhichTableItSaw() {
        fixture.table("").data("dt=2013-02-08/hour=17");

        fixture.detect(COMPLETE);

        assertThat(fixture.detection().orElseThrow().tableCreated()).isPresent();
    }

    @Test
    void resolvedSpecLeavesNothingOut() {
        fixture.data("dt=2013-02-08/hour=17");

        fixture.detect(COMPLETE);

        TableSpec resolved = fixture.run().spec().document();
        assertThat(resolved.layout()).hasValue("hive");
        assertThat(resolved.processor()).isPresent();
        assertThat(resolved.detection()).isPresent();
        assertThat(resolved.onPartial()).isPresent();
    }

    @Test
    void onlyWhatIsNotRegisteredIsNew() {
        fixture.table("")
                .data("dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18", "dt=2013-02-08/hour=19")
                .registered("2013-02-08", "17")
                .registered("2013-02-08", "19")
                .registered("2013-02-07", "1");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(answer.partitions()).isEqualTo(1);
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=18/");
        assertThat(fixture.detection()).hasValueSatisfying(report -> {
            assertThat(report.counts().found()).isEqualTo(3);
            assertThat(report.counts().registered()).isEqualTo(2);
        });
    }

    @Test
    void numberThatIsRegisteredInAnotherFormIsRegistered() {
        fixture.table("").data("dt=2013-02-08/hour=07", "dt=2013-02-08/hour=8").registered("2013-02-08", "7");
        fixture.registered("2013-02-08", "0008").settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(fixture.detection())
                .hasValueSatisfying(
                        report -> assertThat(report.counts().registered()).isEqualTo(2));
    }

    @Test
    void nothingNewIsSaidSo() {
        fixture.table("")
                .data("dt=2013-02-08/hour=17")
                .registered("2013-02-08", "17")
                .settled();

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.NOTHING_NEW);
        assertThat(answer.partitions()).isZero();
        assertThat(answer.detection().found()).isEqualTo(1);
        assertThat(fixture.stored("runs/r1/pass-0/manifest.json")).isEmpty();
    }

    @Test
    void tableThatAnotherToolHasFilledIsToldHowFarItIs() {
        fixture.table("").data("dt=2013-02-08/hour=17").registered("2013-02-08", "17");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(answer.next()).isEqualTo(NextStep.REGISTER);
        assertThat(fixture.detection())
                .hasValueSatisfying(report -> assertThat(report.newest()).hasValue("2013-02-08T17:00"));
    }

    @Test
    void emptyLocationHasNothingNew() {
        assertThat(fixture.detect(COMPLETE).next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void valuesAreComparedDecodedAndPrefixesKeptRaw() {
        String spec = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'a', 'type':"
                + " 'string'}], 'partitionKeys': [{'name': 'at', 'type': 'string'}]";
        fixture.catalog.createTableIfAbsent(
                DetectorFixture.resolved(spec + ", 'layout': 'hive'").definition(), Map.of());
        fixture.data("at=12%3A30", "AT=12%3a45").registered("12:30");

        fixture.detect(NAMES);

        assertThat(fixture.work()).containsExactly(partition("flights/AT=12%3a45/", "12:45"));
    }

    @Test
    void templateAndFormatsComeFromTheTablesParameters() {
        String keys = ", 'layout': 'in/${at}', 'partitionKeys': [{'name': 'at', 'type': 'timestamp', 'format':"
                + " 'yyyy/MM/dd/HH'}]";
        String spec = NAMES + ", 'location': 's3://lake/flights/', 'format': 'json', 'columns': [{'name': 'a', 'type':"
                + " 'string'}]" + keys;
        fixture.catalog.createTableIfAbsent(DetectorFixture.resolved(spec).definition(), Map.of());
        fixture.data("in/2013/02/08/17", "in/2013/02/08/18", "in/2013/02/30/00", "out/2013/02/08/19")
                .registered("2013-02-08 17:00:00");

        DetectorAnswer answer = fixture.detect(NAMES);

        assertThat(fixture.work()).containsExactly(partition("flights/in/2013/02/08/18/", "2013-02-08 18:00:00"));
        assertThat(answer.detection().skipped()).isEqualTo(2);
    }

    @Test
    void specsOwnLayoutWinsOverTheTables() {
        fixture.table("").data("2013-02-08/17");

        fixture.detect(NAMES + ", 'layout': '${dt}/${hour}'");

        assertThat(fixture.prefixes()).containsExactly("flights/2013-02-08/17/");
    }

    @Test
    void dayOfHoursCostsTwoListingsAndTwoGlueRequests() {
        fixture.table("");
        IntStream.range(0, 24).forEach(hour -> fixture.data("dt=2013-02-08/hour=" + hour));
        fixture.quiet();

        assertThat(fixture.detect(NAMES).partitions()).isEqualTo(24);

        assertThat(fixture.listed()).containsExactly("lake/flights/", "lake/flights/dt=2013-02-08/");
        assertThat(fixture.aws.log().count("GetTable")).isEqualTo(1);
        assertThat(fixture.aws.log().count("GetPartitions")).isEqualTo(1);
        assertThat(fixture.glueRequests()).isEqualTo(2);
    }

    @Test
    void everyDayCostsOneListing() {
        IntStream.rangeClosed(1, 9).forEach(day -> fixture.data("dt=2013-02-0" + day + "/hour=0"));
        fixture.quiet();

        fixture.detect(COMPLETE);

        assertThat(fixture.listed()).hasSize(10);
    }

    @Test
    void executionThatIsInvokedTwiceHasOneManifest() {
        fixture.data("dt=2013-02-08/hour=17", "_tmp");
        DetectorAnswer first = fixture.detect(COMPLETE);
        fixture.data("dt=2013-02-08/hour=18").quiet();

        DetectorAnswer second = fixture.detect(COMPLETE);

        assertThat(second).isEqualTo(first);
        assertThat(fixture.prefixes()).containsExactly("flights/dt=2013-02-08/hour=17/");
        assertThat(fixture.writes()).containsExactly("PutObject state/" + DetectorFixture.LEASE);
    }

    @Test
    void manyPartitionsToValidateShareBatches() {
        String bySize = COMPLETE.replace("'hour'", "'size'");
        IntStream.range(0, 2600).forEach(size -> fixture.data("dt=2013-02-08/size=" + size));

        DetectorAnswer answer = fixture.detect(bySize);

        assertThat(answer.partitions()).isEqualTo(2600);
        assertThat(answer.size().batches()).isEqualTo(1000);
        assertThat(fixture.prefixes()).hasSize(2600).doesNotHaveDuplicates();
    }
}
