package io.fanin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.cli.CliFixture.Done;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.core.record.RecordedRun;
import io.fanin.core.record.TableRecord;
import io.fanin.core.record.TestForms;
import io.fanin.core.record.Waivers;
import io.fanin.core.run.folder.ManifestSummary;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.Json;
import io.fanin.model.partition.EquivalentValues;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.RunId;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.run.waiver.Waiver;
import io.fanin.model.run.waiver.WaiverChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The explanation of one partition. */
class ExplainCommandTest {

    private static final RunId RUN = new RunId("flights-1");
    private static final String FOLDER = "s3://state/runs/flights-1/";
    private static final TableRecord RECORD = TableRecord.NEW.with(new RecordedRun(RUN, FOLDER, 23));

    private final CliFixture cli = new CliFixture();

    @Test
    void registeredPartitionIsToldWithItsRun() {
        register();

        Done done = cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=7");

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .startsWith("dt=2013-02-08/hour=7 of analytics.flights is registered.")
                .contains("  by execution flights-1", "  numRows = 12")
                .anyMatch(line -> line.startsWith("  since "));
    }

    @Test
    void runWhoseIdIsAHashIsToldByItsExecution() {
        String name = "\u00fc".repeat(80);
        RunId hashed = new RunId(name);
        register("s3://state/runs/" + hashed + "/");

        assertThat(cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=7")
                        .lines())
                .contains("  by execution " + hashed);

        cli.aws.s3().put(CliFixture.BUCKET, "runs/" + hashed + "/report.json", """
                {"version": 1, "run": "%s", "pass": 0, "execution": "%s", "table": "analytics.flights", "status": "COMPLETE",
                 "location": "s3://lake/flights/", "registered": 1, "failed": 0, "outstanding": 0, "failures": []}""".formatted(
                        hashed, FakeStepFunctions.arn(name)));
        assertThat(cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=7")
                        .lines())
                .contains("  by execution " + name);
    }

    @Test
    void recordOfADroppedTableTellsNothingOfTheOneCreatedAgain() {
        Partition partition = new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/");
        TableRecord partial = RECORD.withFailures(
                List.of(new OutstandingFailure(
                        partition, 1, new Failure(FailureCode.TRUNCATED, "ended early"), RUN, 0)),
                TestForms.AS_WRITTEN);
        String ofDropped = Json.text(partial).replaceFirst("\\{", "{\"tableCreated\":\"2012-01-01T00:00:00Z\",");
        cli.createTable(TableRecord.NEW);
        cli.records().update(CliFixture.FLIGHTS, none -> Json.read(ofDropped, TableRecord.class, "state.json"));

        cli.setParameters(all -> {
            Map<String, String> left = new HashMap<>(all);
            left.remove("fanin.layout");
            return left;
        });

        Done done = cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=17");

        assertThat(done.code()).isZero();
        assertThat(done.lines())
                .contains(
                        "Where its data would lie is not known: nothing was looked for in S3.",
                        "No run of this stack has changed the table.")
                .noneMatch(line -> line.contains("Truncated"));
    }

    /** The table has no parameter with Hive's layout if it was never stated. */
    @Test
    void folderOfATableWithoutALayoutIsThatOfItsRuns() {
        cli.createTable(RECORD);
        cli.setParameters(all -> {
            Map<String, String> left = new HashMap<>(all);
            left.remove("fanin.layout");
            return left;
        });
        cli.aws
                .s3()
                .put(CliFixture.BUCKET, "runs/flights-1/spec.json", Json.text(cli.spec()))
                .put("lake", "flights/dt=2013-02-08/hour=17/a.json", "{");

        assertThat(cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=17")
                        .lines())
                .contains("S3 has objects under s3://lake/flights/dt=2013-02-08/hour=17/");
    }

    @Test
    void onePartitionIsAskedOfGlue() {
        register();
        cli.aws.log().reset();

        cli.run("explain", "analytics.flights", "[\"2013-02-08\", 7]");

        assertThat(cli.aws.log().counts()).containsEntry("BatchGetPartition", 1).containsEntry("GetTable", 1);
        assertThat(cli.aws.log().count("GetPartitions")).isZero();
    }

    @Test
    void outstandingPartitionIsToldWithItsAttemptsAndItsError() {
        Partition partition = new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/");
        cli.createTable(RECORD.withFailures(
                        List.of(new OutstandingFailure(
                                partition, 5, new Failure(FailureCode.TRUNCATED, "ended early"), RUN, 2)),
                        TestForms.AS_WRITTEN)
                .with(new RecordedRun(RUN, FOLDER, 23, OptionalLong.empty(), Optional.of(5), Optional.empty())));
        cli.aws.s3().put("lake", "flights/dt=2013-02-08/hour=17/a.json", "{");

        Done done = cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=17");

        assertThat(done.code()).isEqualTo(1);
        assertThat(done.lines())
                .containsExactly(
                        "dt=2013-02-08/hour=17 of analytics.flights is not registered.",
                        "It failed last in pass 2 of run flights-1:",
                        "  dt=2013-02-08/hour=17 (tried 5 times, set aside)",
                        "    Truncated: ended early",
                        "    What to do: Write the object again, then redrive.",
                        "S3 has objects under s3://lake/flights/dt=2013-02-08/hour=17/",
                        "Set aside: it failed so often that no scheduled run tries it again. Name it in a run of mode"
                                + " partitions, or redrive the run.");
        assertThat(cli.run("explain", "--output", "json", "analytics.flights", "dt=2013-02-08/hour=17")
                        .json()
                        .at("/outstanding/failure/attempts")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void rawDataOfAConvertedTableIsLookedFor() {
        cli.createTable(RECORD);
        cli.store.put(
                "runs/flights-1/spec.json",
                Json.text(Json.read(
                        CliFixture.SPEC.replace(
                                "\"format\": \"json\"",
                                "\"format\": \"parquet\", \"processor\": {\"type\": \"convert\"}, \"source\": {\"location\":"
                                        + " \"s3://lake/raw/\", \"format\": \"json\", \"layout\": \"${year}/${month}/${day}/${hour}\","
                                        + " \"partitionKeys\": [{\"name\": \"year\", \"type\": \"int\"}, {\"name\": \"month\", \"type\":"
                                        + " \"int\"}, {\"name\": \"day\", \"type\": \"int\"}, {\"name\": \"hour\", \"type\": \"int\"}]}"),
                        JsonNode.class,
                        "the spec")));
        cli.aws.s3().put("lake", "raw/2013/02/08/12/a.json", "{}");

        assertThat(cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=12")
                        .lines())
                .contains(
                        "S3 has raw objects under s3://lake/raw/2013/02/08/12/",
                        "S3 has no object under s3://lake/flights/dt=2013-02-08/hour=12/")
                .anyMatch(line -> line.startsWith("Its data is there and not registered"));
        assertThat(cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=13")
                        .lines())
                .contains("S3 has no raw object under s3://lake/raw/2013/02/08/13/")
                .noneMatch(line -> line.startsWith("Its data is there"));
    }

    @Test
    void whatTheLastRunSawSaysWhyItIsNoCandidate() {
        cli.createTable(RECORD);
        sees(Map.of(
                "from", "2013-02-08T16:00",
                "waiting",
                        Map.of(
                                "count",
                                1,
                                "sample",
                                List.of(Map.of(
                                        "partition", "dt=2013-02-08/hour=18",
                                        "prefix", "x/",
                                        "detail", "has no _SUCCESS"))),
                "missing",
                        Map.of(
                                "count",
                                2,
                                "sample",
                                List.of(Map.of("first", "2013-02-08T19:00", "last", "2013-02-08T20:00", "count", 2))),
                "skippedSample",
                        List.of(Map.of(
                                "prefix", "flights/dt=2013-02-08/hour=21/",
                                "reason", "CONFLICT",
                                "detail", "means the same values as flights/x/"))));

        assertThat(reasons(12))
                .anyMatch(line ->
                        line.startsWith("Outside the lookback window: run flights-1 listed from 2013-02-08T16:00 on."));
        assertThat(reasons(18)).contains("Waiting, as run flights-1 saw it: has no _SUCCESS");
        assertThat(reasons(20)).contains("Missing: run flights-1 saw no prefix for this period.");
        assertThat(reasons(21))
                .contains("Skipped (CONFLICT), as run flights-1 saw it: means the same values as flights/x/");
        assertThat(reasons(20)).contains("S3 has no object under s3://lake/flights/dt=2013-02-08/hour=20/");
    }

    /** A number without its leading zero denotes the same partition. */
    @Test
    void dataUnderAnotherFormOfTheValuesIsFound() {
        cli.createTable(RECORD);
        cli.aws.s3().put("lake", "flights/dt=2013-02-08/hour=07/a.json", "{");

        assertThat(reasons(7))
                .contains("S3 has objects under s3://lake/flights/dt=2013-02-08/hour=07/")
                .anyMatch(line -> line.startsWith("Its data is there and not registered"));
    }

    @Test
    void dataThatIsNotRegisteredIsToldWithWhatTakesIt() {
        cli.createTable(RECORD);
        assertThat(reasons(17)).noneMatch(line -> line.startsWith("Its data is there"));

        cli.aws.s3().put("lake", "flights/dt=2013-02-08/hour=17/a.json", "{");

        assertThat(reasons(17))
                .anyMatch(line -> line.startsWith(
                                "Its data is there and not registered: the next run that looks at it processes it,"
                                        + " unless it waits or is skipped, which fanin plan analytics.flights shows.")
                        && line.endsWith("{\"mode\": \"partitions\", \"partitions\": [\"dt=2013-02-08/hour=17\"]}"));
    }

    @Test
    void waivedPartitionIsNotToldToBeProcessed() {
        Waiver waiver = new Waiver(
                new Partition(PartitionValues.of("2013-02-08", "17"), "flights/dt=2013-02-08/hour=17/"),
                "lost",
                "ann",
                Instant.parse("2013-02-09T00:00:00Z"),
                Optional.empty(),
                new Inventory(1, 1, Optional.empty(), "its data"));
        cli.createTable(Waivers.changed(
                RECORD,
                new WaiverChange(List.of(waiver), List.of()),
                new EquivalentValues(cli.spec().definition().keys()),
                RUN));
        cli.aws.s3().put("lake", "flights/dt=2013-02-08/hour=17/a.json", "{");

        assertThat(reasons(17)).contains("Waived: 1").noneMatch(line -> line.startsWith("Its data is there"));
    }

    @Test
    void outstandingPartitionIsTriedAgainWhereverTheWindowBegins() {
        Partition partition = new Partition(PartitionValues.of("2013-02-08", "12"), "flights/dt=2013-02-08/hour=12/");
        cli.createTable(RECORD.withFailures(
                List.of(OutstandingFailure.first(partition, new Failure(FailureCode.TRUNCATED, "ended early"), RUN, 0)),
                TestForms.AS_WRITTEN));
        sees(Map.of("from", "2013-02-08T16:00"));

        assertThat(reasons(12))
                .contains("The next run tries it again.")
                .noneMatch(line -> line.startsWith("Outside the lookback"));
    }

    /** A run of mode range or full skips registered partitions, unless it compares late data. */
    @Test
    void registeredPartitionOutsideTheWindowIsProcessedWhereItIsNamed() {
        register();
        sees(Map.of("from", "2013-02-08T16:00"));

        assertThat(reasons(7))
                .contains("Outside the lookback window: run flights-1 listed from 2013-02-08T16:00 on. A run of mode"
                        + " partitions that names it processes it again; of mode range or full, only with \"lateData\":"
                        + " true, and only if its objects have changed.");
        assertThat(reasons(8))
                .contains("Outside the lookback window: run flights-1 listed from 2013-02-08T16:00 on. A run of mode"
                        + " range, full or partitions looks at it.");
    }

    @Test
    void textThatNamesNoPartitionIsRefused() {
        cli.createTable(RECORD);

        Done done = cli.run("explain", "analytics.flights", "hour=17");

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("'hour=17' is not a partition of analytics.flights: expected dt=<date>/hour=<int>");
    }

    @Test
    void tableThatIsNotThereIsNamed() {
        assertThat(cli.run("explain", "analytics.flights", "dt=x").err()).contains("there is no table");
    }

    private List<String> reasons(int hour) {
        return cli.run("explain", "analytics.flights", "dt=2013-02-08/hour=" + hour)
                .lines();
    }

    private void register() {
        register(FOLDER);
    }

    private void register(String folder) {
        GlueCatalog catalog = new GlueCatalog(cli.aws.glue().client());
        catalog.register(
                cli.createTable(RECORD),
                List.of(new PartitionRegistration(
                        PartitionValues.of("2013-02-08", "7"),
                        "s3://lake/flights/dt=2013-02-08/hour=7/",
                        Map.of("fanin.run", folder, "numRows", "12"))));
    }

    private void sees(Map<String, Object> report) {
        Map<String, Object> all = new HashMap<>(Map.of("found", 1, "registered", 0, "skipped", Map.of()));
        all.putAll(report);
        RunFolder folder = cli.folder("flights-1");
        folder.begin(
                folder.writeDetection(Json.documents().convertValue(all, DetectionReport.class), TakenEntries.NONE),
                List.<Partition>of().iterator(),
                ManifestSummary.of(0),
                "lease");
    }
}
