package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.json;
import static io.fanin.detector.DetectorFixture.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.core.catalog.table.TableReplacedException;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.Failure;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.run.TestReports;
import io.fanin.model.spec.SpecException;
import io.fanin.model.table.TableName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new execution for the outstanding partitions of another one. */
class RedriveOfTest {

    private static final Partition H17 = partition("flights/dt=2013-02-08/hour=17/", "2013-02-08", "17");
    private static final Partition H18 = partition("flights/dt=2013-02-08/hour=18/", "2013-02-08", "18");

    private final DetectorFixture fixture = new DetectorFixture();

    @BeforeEach
    void aRunHasFoundTwo() {
        fixture.data("dt=2013-02-08/hour=17", "dt=2013-02-08/hour=18");
        fixture.detect("r0", json("{" + COMPLETE + ", 'onPartial': 'succeed'}"));
        fixture.table("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r0", "arn:aws:states:us-east-1:000000000000:execution:partition-fan-in:r0"})
    void whatTheReportCallsOutstandingIsTakenUp(String execution) {
        report(H18);

        DetectorAnswer answer = fixture.detect("'redriveOf': '" + execution + "'");

        assertThat(answer.next()).isEqualTo(NextStep.PROCESS);
        assertThat(answer.table()).isEqualTo("analytics.flights");
        assertThat(fixture.work()).containsExactly(H18);
        assertThat(fixture.run().spec()).isEqualTo(fixture.run("r0").spec());
        assertThat(fixture.run().redriveOf()).hasValue(new RunId("r0"));
        assertThat(fixture.run("r0").redriveOf()).isEmpty();
    }

    /** It deregisters nothing itself. */
    @Test
    void permissionToDeregisterIsNotNeeded() throws IOException {
        report(H18);
        String start = "runs/r0/spec.json";
        ObjectNode stored = (ObjectNode)
                Json.documents().readTree(fixture.aws.s3().text("state", start).orElseThrow());
        stored.putObject("detection").put("mode", "full").put("vanished", "deregister");
        fixture.aws.s3().put("state", start, stored.toString());

        assertThat(fixture.detect("'redriveOf': 'r0'").next()).isEqualTo(NextStep.PROCESS);
    }

    @Test
    void nothingIsListed() {
        report(H18);
        fixture.quiet();

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void whatHasBeenRegisteredSinceIsLeftOut() {
        report(H17, H18);
        fixture.registered("2013-02-08", "17");

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.work()).containsExactly(H18);
    }

    /** As it is when late data failed: that the partition is there says nothing of its data. */
    @Test
    void whatStoodRegisteredAlreadyWhenItFailedIsTakenUp() {
        report(Optional.of("s3://state/runs/earlier/"), H17, H18);
        fixture.earlier.registerBare("s3://state/runs/earlier/", H17);
        fixture.earlier.registerBare("s3://state/runs/later/", H18);

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.work()).containsExactly(H17);
    }

    /** The spec of the later run is not to be replaced by that of the run that is redriven. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFailedInALaterRunWithAnotherSpecIsLeftToIt(boolean makesOtherwise) {
        report(H17, H18);
        String processor = makesOtherwise ? ", 'processor': {'type': 'validate', 'types': false}" : "";
        RunId later = new RunId("later");
        fixture.detect(later.value(), json("{" + COMPLETE + ", 'onPartial': 'succeed'" + processor + "}"));
        Instant began = fixture.clock.instant();
        begun("r0", began.minusSeconds(60));
        fixture.run("later").writeReport(TestReports.of(later, 0, TestReports.counts(0, 1), List.of()));
        begun("later", began);
        fixture.record(record -> record.withFailures(
                List.of(OutstandingFailure.first(H18, new Failure(FailureCode.TRUNCATED, "cut"), later, 0)
                        .ofDataReadAt(began.plusSeconds(60))),
                TestForms.AS_WRITTEN));

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.work()).containsExactlyElementsOf(makesOtherwise ? List.of(H17) : List.of(H17, H18));
    }

    @Test
    void runThatNeverCameToAReportLeavesTheSame() {
        fixture.clock.advance(Duration.ofMinutes(1));
        RunId later = new RunId("later");
        fixture.detect(
                later.value(),
                json("{" + COMPLETE + ", 'onPartial': 'succeed', 'processor': {'type': 'validate', 'types': false}}"));
        fixture.record(record -> record.withFailures(
                List.of(OutstandingFailure.first(H18, new Failure(FailureCode.TRUNCATED, "cut"), later, 0)
                        .ofDataReadAt(fixture.clock.instant())),
                TestForms.AS_WRITTEN));

        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.work()).containsExactly(H17);
    }

    @Test
    void runThatNeverCameToAReportIsTakenUpInAll() {
        fixture.detect("'redriveOf': 'r0'");

        assertThat(fixture.work()).containsExactly(H17, H18);
    }

    @Test
    void runWithNothingLeftHasNothingNew() {
        report();

        assertThat(fixture.detect("'redriveOf': 'r0'").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void runThatFoundNothingNewHasNothingNew() {
        fixture.registered("2013-02-08", "17").registered("2013-02-08", "18").settled();
        assertThat(fixture.detect("r2", json("{" + DetectorFixture.NAMES + "}")).next())
                .isEqualTo(NextStep.NOTHING_NEW);

        assertThat(fixture.detect("'redriveOf': 'r2'").next()).isEqualTo(NextStep.NOTHING_NEW);
    }

    @Test
    void failuresThatHealedSinceAreSetRight() {
        report(H17);
        fixture.outstanding(H17.prefix(), "2013-02-08", "17").registered("2013-02-08", "17");

        assertThat(fixture.detect("'redriveOf': 'r0'").next()).isEqualTo(NextStep.REGISTER);
    }

    @Test
    void droppedTableIsNotCreatedAgainWithOnlyTheFailedPartitions() {
        report(H18);
        fixture.aws
                .glue()
                .client()
                .deleteTable(request -> request.databaseName("analytics").name("flights"));
        fixture.quiet();

        assertThatThrownBy(() -> fixture.detect("'redriveOf': 'r0'"))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", "no longer in the catalog", "Start a new execution");
        assertThat(fixture.writes()).allMatch(write -> write.endsWith(DetectorFixture.LEASE));
    }

    @Test
    void tableThatWasCreatedAgainIsRefused() {
        report(Optional.of(Instant.parse("2013-02-01T00:00:00Z")), Optional.empty(), H18);

        assertThatThrownBy(() -> fixture.detect("'redriveOf': 'r0'"))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContainingAll("analytics.flights", "was created again", "Start a new execution");
    }

    @Test
    void tableThatWasCreatedAgainWithOtherKeysIsRefused() {
        report(H18);
        fixture.aws
                .glue()
                .alterTable(
                        "analytics",
                        "flights",
                        table -> ((ObjectNode) table.withArray("PartitionKeys").get(0)).put("Name", "day"));

        assertThatThrownBy(() -> fixture.detect("'redriveOf': 'r0'"))
                .isExactlyInstanceOf(TableReplacedException.class)
                .hasMessageContaining("has other partition keys now");
    }

    @Test
    void unknownRunIsNamedAndNothingWritten() {
        fixture.quiet();

        assertThatThrownBy(() -> fixture.detect("'redriveOf': 'r7'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $.redriveOf: there is no run r7: expected the name of an"
                        + " execution of this state machine whose run folder has not expired");
        assertThat(fixture.writes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'redriveOf': null",
                "'redriveOf': 5",
                "'redriveOf': {}",
                "'redriveOf': ''",
                "'redriveOf': '../r0'",
                "'redriveOf': 'r0', 'onPartial': 'fail'",
                "'redriveOf': 'r0', 'spec': {}",
            })
    void whatNamesNoExecutionIsRefused(String fields) {
        assertThatThrownBy(() -> fixture.detect(fields))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.redriveOf: ");
    }

    @Test
    void fieldsOfTheScheduleMayStandBesideIt() {
        report(H18);

        fixture.detect("'redriveOf': 'r0', 'id': 'x', 'time': '2013-02-08T17:00:00Z'");

        assertThat(fixture.work()).containsExactly(H18);
    }

    /** The run's execution was started then. */
    private void begun(String run, Instant moment) {
        String key = "runs/" + run + "/report.json";
        ObjectNode report =
                (ObjectNode) json(fixture.aws.s3().text("state", key).orElseThrow());
        fixture.aws.s3().put("state", key, Json.text(report.put("begun", moment.toString())));
    }

    private void report(Partition... outstanding) {
        report(Optional.empty(), outstanding);
    }

    private void report(Optional<String> registeredBy, Partition... outstanding) {
        Optional<Instant> created =
                fixture.catalog.table(new TableName("analytics", "flights")).flatMap(CatalogTable::created);
        report(created, registeredBy, outstanding);
    }

    private void report(Optional<Instant> created, Optional<String> registeredBy, Partition... outstanding) {
        fixture.run("r0")
                .writeReport(TestReports.of(
                        new RunId("r0"),
                        0,
                        TestReports.counts(2 - outstanding.length, outstanding.length),
                        Stream.of(outstanding)
                                .map(partition -> TestReports.cut(partition.prefix(), partition, registeredBy))
                                .toList(),
                        created));
    }
}
