package io.fanin.cli;

import static io.fanin.cli.EndedRun.COMPLETE;
import static io.fanin.cli.FakeStepFunctions.failed;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.answer.ExecutionError;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.failure.StandingRegistration;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waivers that an execution would refuse start none, and a failed execution is not reported as a waiver. */
class WaiverRefusalsTest {

    private static final String PARTITION = "dt=2013-02-08/hour=17";
    private static final String UNKNOWN = "dt=2031-02-08/hour=17";

    private final CliFixture cli = new CliFixture();

    @BeforeEach
    void executionsEnd() {
        cli.stepFunctions.startsWith(name -> succeeded(name, COMPLETE));
    }

    @ParameterizedTest
    @CsvSource({
        "2013-02-09T15:00:00Z, 'has passed: it is 2013-02-09T15:00:01Z', a later one",
        "2013-02-09T16:00:00+01:00, 'has passed: it is 2013-02-09T15:00:01Z', a later one",
        "tomorrow, 'is no moment', one",
        "2013-03-01, 'is no moment', one",
    })
    void waiverEndsInTheFuture(String until, String why, String what) {
        Done done = waive(PARTITION, "--until", until);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .startsWith("error: --until " + until + " " + why)
                .contains("hint: write " + what
                        + ", such as 2013-03-11T00:00:00Z, or leave it out for a waiver that never expires")
                .doesNotContain("waived all the same");
        assertThat(cli.requests()).isZero();
    }

    @Test
    void tableThatTheCatalogDoesNotHaveHasNothingToWaive() {
        Done done = waive(PARTITION);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: there is no table analytics.flights in the catalog: nothing is waived")
                .contains("hint: create it: ");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    /** A failed execution would notify everybody. */
    @ParameterizedTest
    @CsvSource({"--by, by", "--reason, reason"})
    void whatTheExecutionWouldRefuseStartsNone(String option, String field) {
        cli.createTable(TableRecord.NEW);

        Done done = option.equals("--by")
                ? waive(UNKNOWN, option, "x".repeat(201))
                : cli.run("waive", "analytics.flights", UNKNOWN, option, "x".repeat(501));

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("$.waive[0]." + field, "nothing was started");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    /** The execution would fail, and notify everybody. */
    @Test
    void partitionThatIsNamedTwiceIsNotWaived() {
        cli.createTable(TableRecord.NEW);

        Done done = cli.run(
                "waive", "analytics.flights", "dt=2013-02-08/hour=7", "dt=2013-02-08/hour=07", "--reason", "lost");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("error: dt=2013-02-08/hour=07 is named twice: nothing is waived");
        assertThat(cli.stepFunctions.inputs).isEmpty();
    }

    @Test
    void registeredPartitionIsNotWaived() {
        cli.createTable(TableRecord.NEW);
        register();

        Done done = waive(PARTITION);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: " + PARTITION + " is registered, and has not failed since: nothing is waived")
                .contains("hint: ")
                .contains("explain analytics.flights " + PARTITION);
        assertThat(cli.stepFunctions.inputs).isEmpty();
        assertThat(cli.aws.log().count("BatchGetPartition")).isEqualTo(1);
    }

    @Test
    void registeredPartitionThatHasFailedSinceIsWaived() {
        cli.createTable(TableRecord.NEW.withFailures(
                List.of(new OutstandingFailure(
                        new Partition(PartitionValues.of("2013-02-08", "17"), "flights/" + PARTITION + "/"),
                        1,
                        new Failure(FailureCode.TRUNCATED, "ended early"),
                        new RunId("flights-2"),
                        0,
                        new StandingRegistration(Optional.of("s3://state/runs/flights-1/"), Optional.empty()),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                TestForms.AS_WRITTEN));
        register();

        assertThat(waive(PARTITION).code()).isZero();
        assertThat(cli.stepFunctions.inputs).hasSize(1);
    }

    @Test
    void executionThatFailsBeforeItsPassHasWaivedNothing() {
        cli.createTable(TableRecord.NEW);
        cli.stepFunctions.startsWith(
                name -> failed(name, "io.fanin.model.spec.SpecException", Map.of("errorMessage", "$.waive: too many")));

        Done done = waive(UNKNOWN);

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains(UNKNOWN + " has not failed, and does not count as missing", "check its name")
                .doesNotContain("waived all the same");
        assertThat(done.lines()).contains("Nothing was waived.");
    }

    /** Its pass may have written the waivers before another execution took the table over. */
    @Test
    void executionThatLostItsTableMayHaveWaived() {
        cli.createTable(TableRecord.NEW);
        cli.stepFunctions.startsWith(name -> failed(
                name, ExecutionError.TABLE_BUSY.className(), Map.of("errorMessage", "Table is busy: redrive it")));

        Done done = waive(UNKNOWN);

        assertThat(done.code()).isEqualTo(3);
        assertThat(done.lines()).contains("Whether they are waived: fanin status analytics.flights");
    }

    private Done waive(String partition, String... more) {
        List<String> words = new ArrayList<>(List.of("waive", "analytics.flights", partition, "--reason", "lost"));
        words.addAll(List.of(more));
        return cli.run(words.toArray(String[]::new));
    }

    private void register() {
        GlueCatalog catalog = new GlueCatalog(cli.aws.glue().client());
        catalog.register(
                catalog.table(CliFixture.FLIGHTS).orElseThrow(),
                List.of(new PartitionRegistration(
                        PartitionValues.of("2013-02-08", "17"),
                        "s3://lake/flights/" + PARTITION + "/",
                        Map.of("fanin.run", "s3://state/runs/flights-1/"))));
        cli.aws.log().reset();
    }
}
