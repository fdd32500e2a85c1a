package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.aws.RequestCounter;
import io.fanin.core.parallel.Workers;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Faults;
import io.fanin.fakes.ManualClock;
import io.fanin.fakes.RequestLog;
import io.fanin.model.json.Json;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.processor.convert.PartitionConversion;
import io.fanin.records.samples.RowSamples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The processor's steps before and after the run of a Glue job. */
class GlueJobTest {

    private static final String BATCH = "{'id':3,'partitions':[%s,%s]}"
            .formatted(
                    "{'values':['7'],'prefix':'made/hour=7/','source':'raw/hour=7/'}",
                    "{'values':['8'],'prefix':'made/hour=8/','source':'raw/hour=8/'}");
    private static final String GLUE = "{'next':'RUN','job':'delays','arguments':{}";
    private static final String SUCCEEDED = GLUE + ",'outcome':{'Id':'jr_1','JobRunState':'SUCCEEDED'}}";
    private static final String WORK = "runs/nightly-1/pass-2/jobs/3.json";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T10:12:21Z"));
    private final FakeS3 s3 = new FakeS3(clock, new RequestLog(), new Faults())
            .createBucket("state")
            .createBucket("lake");
    private final RunFolder run = new RunFolder(new S3ObjectStore(s3.client(), "state"), new RunId("nightly-1"));

    @BeforeEach
    void tableWithASource() {
        spec("'source':{'location':'s3://lake/raw/','format':'json','layout':'hive',"
                + "'partitionKeys':[{'name':'hour','type':'int'}]}");
    }

    private void spec(String more) {
        ResolvedSpec spec = Json.documents()
                .convertValue(
                        json("{'database':'analytics','table':'flights','location':'s3://lake/made/','format':'json',"
                                + "'columns':[{'name':'carrier','type':'string'}],"
                                + "'partitionKeys':[{'name':'hour','type':'int'}],"
                                + "'layout':'hive','detection':{'mode':'list'},'processor':"
                                + "{'type':'glue-job','job':'delays','arguments':{'--scope':'full'}}," + more + "}"),
                        ResolvedSpec.class);
        s3.put("state", "runs/nightly-1/spec.json", Json.text(spec));
    }

    @Test
    void jobIsToldWhatItHasToDo() throws IOException {
        raw(7, "a");
        raw(8, "b");

        assertThat(prepare())
                .isEqualTo(json("{'next':'RUN','job':'delays','arguments':{'--scope':'full',"
                        + "'--fanin_batch':'s3://state/" + WORK + "'}}"));
        assertThat(s3.text("state", WORK))
                .hasValue(
                        "{'run':'nightly-1','pass':2,'batch':3,'database':'analytics','table':'flights','partitions':["
                                        .replace('\'', '"')
                                + "{'values':{'hour':'7'},'source':'s3://lake/raw/hour=7/','target':'s3://lake/made/hour=7/'},"
                                        .replace('\'', '"')
                                + "{'values':{'hour':'8'},'source':'s3://lake/raw/hour=8/','target':'s3://lake/made/hour=8/'}]}"
                                        .replace('\'', '"'));
    }

    @Test
    void jobWithoutSourceWorksOnTheTablesFolders() throws IOException {
        spec("'onPartial':'fail'");

        prepare();

        assertThat(s3.text("state", WORK).orElseThrow())
                .contains("{\"values\":{\"hour\":\"7\"},\"target\":\"s3://lake/made/hour=7/\"}");
        assertThat(s3.keys("state")).containsExactly(WORK, "runs/nightly-1/spec.json");
        made(7, "{}\n");
        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':1,'failed':1}"));
        assertThat(failure(1).error()).isEqualTo("NoObjects");
    }

    /** A job may have read any part of the earlier content of its own folders. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void jobHasReadNothingBeforeItsRawDataWasLookedAt(boolean hasSource) throws IOException {
        if (!hasSource) {
            spec("'onPartial':'fail'");
        }
        Instant looked = clock.instant();
        prepare();
        clock.advance(Duration.ofMinutes(9));
        prepare();
        validate(SUCCEEDED);

        assertThat(run.result(2, 3).orElseThrow().began())
                .isEqualTo(Optional.of(looked).filter(moment -> hasSource));
    }

    @Test
    void jobGetsNoPartitionOutsideTheLocation() throws IOException {
        spec("'onPartial':'fail'");
        made(7, "{}\n");
        made(8, "{}\n");
        String batch = BATCH.replace("made/hour=8/", "moved/hour=8/");

        call("{'action':'prepare','run':'nightly-1','pass':2,'batch':" + batch + "}");
        call("{'action':'validate','run':'nightly-1','pass':2,'batch':" + batch + ",'glue':" + SUCCEEDED + "}");

        assertThat(s3.text("state", WORK).orElseThrow())
                .contains("made/hour=7/")
                .doesNotContain("hour=8/");
        assertThat(failure(1).error()).isEqualTo("OutsideLocation");
    }

    @Test
    void partitionWithoutRawDataIsNoneOfTheJobs() throws IOException {
        raw(7, "a");
        s3.put("lake", "raw/hour=8/", "");

        assertThat(prepare().path("next").textValue()).isEqualTo("RUN");
        assertThat(s3.text("state", WORK).orElseThrow()).doesNotContain("hour=8");

        made(7, "{}\n");
        validate(SUCCEEDED);
        assertThat(result(0)).isInstanceOf(PartitionResult.Processed.class);
        assertThat(result(1)).isInstanceOf(PartitionResult.Skipped.class);
    }

    @Test
    void unlistableRawDataFailsItsPartition() throws IOException {
        s3.faults().on("ListObjectsV2").thenFail(403, "AccessDenied", "Access Denied");

        assertThat(prepare().path("next").asText()).isEqualTo("NOTHING");
        validate("{'next':'NOTHING','job':'delays','arguments':{}}");

        assertThat(failure(0).error()).isEqualTo("AccessDenied");
    }

    @Test
    void whereNothingHasRawDataNoJobIsRun() throws IOException {
        assertThat(prepare()).isEqualTo(json("{'next':'NOTHING','job':'delays','arguments':{}}"));
        assertThat(s3.keys("state")).doesNotContain(WORK);

        assertThat(validate("{'next':'NOTHING','job':'delays','arguments':{}}"))
                .isEqualTo(json("{'batch':3,'ok':2,'failed':0}"));
        assertThat(result(0)).isInstanceOf(PartitionResult.Skipped.class);
    }

    /** A calendar registers periods without data, and a failed attempt may have left files in the folder. */
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void calendarDoesNotRegisterWhatWasMadeOfDataThatIsGone(boolean isMade, int sound) throws IOException {
        spec("'source':{'location':'s3://lake/raw/','format':'json','layout':'hive','partitionKeys':[{'name':'hour',"
                + "'type':'int'}]},'detection':{'mode':'calendar','from':'2026-11-20T00:00','to':'2026-11-20T09:00',"
                + "'interval':'1 hour'}");
        raw(8, "b");
        if (isMade) {
            made(7, "rejected\n");
        }
        prepare();
        made(8, "{}\n");

        assertThat(validate(SUCCEEDED))
                .isEqualTo(json("{'batch':3,'ok':" + (1 + sound) + ",'failed':" + (1 - sound) + "}"));
    }

    /** Data that arrives while the job runs may not be part of its output: the next run has to detect it as late. */
    @Test
    void inventoryIsThatOfTheRawDataBeforeTheJob() throws IOException {
        raw(7, "abc");
        raw(8, "abc");
        prepare();
        s3.put("lake", "raw/hour=7/late.json", "late");
        prepare();
        made(7, "{}\n{}\n");
        made(8, "{}\n");

        validate(SUCCEEDED);

        assertThat(result(0)).isInstanceOfSatisfying(PartitionResult.Processed.class, processed -> {
            assertThat(processed.inventory().files()).isEqualTo(1);
            assertThat(processed.inventory().bytes()).isEqualTo(3);
            assertThat(processed.held().bytes()).isEqualTo(6);
            assertThat(processed.rows()).isEqualTo(OptionalLong.of(2));
        });
    }

    /** Otherwise late data would count as processed, while the table holds the output made without it. */
    @Test
    void partitionThatTheJobHasLeftAsItWasIsNotRegisteredAgain() throws IOException {
        raw(7, "abc");
        raw(8, "abc");
        made(7, "{}\n");
        made(8, "{}\n");
        prepare();
        made(8, "{}\n{}\n");

        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':1,'failed':1}"));

        assertThat(failure(0).error()).isEqualTo("NoObjects");
        assertThat(failure(0).message())
                .startsWith(
                        "the Glue job 'delays' succeeded and wrote no data into made/hour=7/: the folder holds what it"
                                + " held before the job began");
        assertThat(result(1)).isInstanceOf(PartitionResult.Processed.class);
    }

    @Test
    void sameBytesWrittenAgainAreTheJobsWork() throws IOException {
        raw(7, "abc");
        made(7, "{}\n");
        prepare();
        clock.advance(Duration.ofSeconds(1));
        made(7, "{}\n");

        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':2,'failed':0}"));
    }

    @Test
    void objectThatTheJobHasOnlyDeletedIsItsWork() throws IOException {
        raw(7, "abc");
        made(7, "{}\n");
        s3.put("lake", "made/hour=7/part-1.json", "{}\n");
        prepare();
        s3.delete("lake", "made/hour=7/part-1.json");

        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':2,'failed':0}"));
    }

    /** A redrive may prepare a batch again whose job has already written. */
    @Test
    void folderIsComparedWithWhatItHeldFirst() throws IOException {
        raw(7, "abc");
        made(7, "{}\n");
        prepare();
        made(7, "{}\n{}\n");
        prepare();

        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':2,'failed':0}"));
    }

    /** Batches recorded by the previous version of the program, in a run that goes on. */
    @Test
    void folderIsNotComparedWhereNobodyHasLookedAtIt() throws IOException {
        raw(7, "abc");
        made(7, "{}\n");
        prepare();
        String look = "runs/nightly-1/pass-2/jobs/3-source.json";
        ObjectNode seen = (ObjectNode) json(s3.text("state", look).orElseThrow());
        ((ObjectNode) seen.path("partitions").path(0)).remove("written");
        s3.put("state", look, seen.toString());

        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':2,'failed':0}"));
    }

    /** One listing of each partition's raw data, and those of the table's folders together. */
    @Test
    void foldersAreListedTogetherBeforeTheJob() throws IOException {
        raw(7, "abc");
        raw(8, "abc");
        made(7, "{}\n");
        made(8, "{}\n");
        s3.log().reset();

        prepare();

        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(3);
    }

    @Test
    void whatTheJobWroteIsHeldAgainstTheRules() throws IOException {
        raw(7, "a");
        raw(8, "a");
        prepare();
        made(7, "{\n");
        s3.put("lake", "made/hour=8/_temporary/0.json", "{}");

        assertThat(validate(SUCCEEDED)).isEqualTo(json("{'batch':3,'ok':0,'failed':2}"));

        assertThat(failure(0).error()).isEqualTo("BadRecord");
        assertThat(failure(1).error()).isEqualTo("NoObjects");
        assertThat(failure(1).message())
                .startsWith("the Glue job 'delays' succeeded and wrote no data into made/hour=8/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"JobRunState\":\"STOPPED\",\"Id\":\"jr_1\" | GlueJobStopped | the run jr_1 of the Glue job 'delays' ended as"
                        + " STOPPED",
                "\"Error\":\"States.TaskFailed\",\"Cause\":\"{\\\"Id\\\":\\\"jr_1\\\",\\\"JobRunState\\\":\\\"FAILED\\\","
                        + "\\\"ErrorMessage\\\":\\\"no\\\\nway\\\",\\\"LogGroupName\\\":\\\"/aws-glue/jobs\\\"}\" | GlueJobFailed"
                        + " | the run jr_1 of the Glue job 'delays' ended as FAILED: no way (log groups /aws-glue/jobs/...,"
                        + " stream jr_1)",
                "\"Error\":\"States.TaskFailed\",\"Cause\":\"{\\\"Id\\\":\\\"jr_1\\\",\\\"JobRunState\\\":\\\"TIMEOUT\\\"}\" |"
                        + " GlueJobTimeout | the run jr_1 of the Glue job 'delays' ended as TIMEOUT: raise the job's timeout",
                "\"Error\":\"States.TaskFailed\",\"Cause\":\"cut { short\" | GlueJobFailed | the Glue job 'delays' failed:"
                        + " States.TaskFailed: cut { short",
                "\"Error\":\"States.Timeout\",\"Cause\":\"\" | GlueJobTimeout | the run of the Glue job 'delays' was given up,"
                        + " since it had not ended within 49 hours: make the job faster, or partitionsPerRun smaller",
                "\"Error\":\"Glue.EntityNotFoundException\",\"Cause\":\"Job delays not found.\" | GlueJobNotRun | the Glue job 'delays' could"
                        + " not be run: Glue.EntityNotFoundException: Job delays not found: expected a job of this name in the stack's account"
                        + " and region",
                "\"Error\":\"Glue.ConcurrentRunsExceededException\",\"Cause\":\"2\" | GlueJobNotRun | the Glue job 'delays' could"
                        + " not be run: Glue.ConcurrentRunsExceededException: 2: raise the job's maximum concurrency, or lower"
                        + " the stack's parameter JobConcurrency, which applies to new executions only",
                "\"Error\":\"Glue.AWSGlueException\",\"Cause\":\"is not authorized to perform: glue:StartJobRun\" | GlueJobNotRun"
                        + " | the Glue job 'delays' could not be run: Glue.AWSGlueException: is not authorized to perform:"
                        + " glue:StartJobRun: the stack's parameter GlueJobs has to name the job",
            })
    void failedRunFailsItsPartitions(String outcome, String error, String message) throws IOException {
        raw(7, "a");
        prepare();
        made(7, "{}\n");

        assertThat(validate(GLUE + ",'outcome':{" + outcome + "}}")).isEqualTo(json("{'batch':3,'ok':1,'failed':1}"));

        assertThat(failure(0)).isEqualTo(new Failure(error, message, error.equals("GlueJobNotRun")));
        assertThat(result(1)).as("there was nothing to do for the job").isInstanceOf(PartitionResult.Skipped.class);
    }

    @Test
    void theFunctionDoesNotProcessWhatAJobHasTo() {
        assertThatThrownBy(() -> call("{'run':'nightly-1','pass':2,'batch':" + BATCH + "}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the Glue job 'delays' processes analytics.flights");
    }

    private void raw(int hour, String content) {
        s3.put("lake", "raw/hour=" + hour + "/a.json", content);
    }

    private void made(int hour, String content) {
        s3.put("lake", "made/hour=" + hour + "/part-0.json", content);
    }

    private JsonNode prepare() throws IOException {
        return call("{'action':'prepare','run':'nightly-1','pass':2,'batch':" + BATCH + "}");
    }

    private JsonNode validate(String glue) throws IOException {
        return call("{'action':'validate','run':'nightly-1','pass':2,'batch':" + BATCH + ",'glue':" + glue + "}");
    }

    private JsonNode call(String event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        new ProcessorHandler(
                        s3.client(),
                        ProcessorFixture.NO_CATALOG,
                        "state",
                        pause -> {},
                        Workers.CALLER,
                        () -> 0,
                        clock,
                        RowSamples.SHOWN,
                        new RequestCounter(),
                        PartitionConversion::with)
                .handleRequest(
                        new ByteArrayInputStream(json(event).toString().getBytes(StandardCharsets.UTF_8)),
                        answer,
                        null);
        return json(answer.toString(StandardCharsets.UTF_8));
    }

    private PartitionResult result(int number) {
        return run.result(2, 3).orElseThrow().partitions().get(number);
    }

    private Failure failure(int number) {
        return ((PartitionResult.Failed) result(number)).failure();
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'), JsonNode.class, "the test's JSON");
    }
}
