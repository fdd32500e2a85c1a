package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.statemachine.Repository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.JobRun;
import software.amazon.awssdk.services.glue.model.JobRunState;

/** Tables whose partitions a Glue job makes, with the sample's job and with others. */
@ExtendWith(Platform.class)
class GlueJobIT {

    private static final Path SAMPLES = Repository.ROOT.resolve("samples");
    private static final String HOUR_17 = "dt=2013-02-08/hour=17/";
    private static final String HOUR_18 = "dt=2013-02-08/hour=18/";
    private static final String WAITS = "import time\ntime.sleep(600)\n";

    private final Pipeline pipeline;
    private TestLake.Table raw;
    private TestLake.Table table;
    private String job;

    GlueJobIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeEach
    void flightsOfTwoHours() throws IOException {
        raw = pipeline.newTable();
        table = new TestLake.Table(raw.s3(), raw.database(), "carrier_delays");
        job = "job " + raw.database();
        for (String hour : List.of(HOUR_17, HOUR_18)) {
            raw.with(hour + "flights.json.gz", flights(hour));
        }
    }

    @Test
    void whatTheJobMakesIsRegistered() throws IOException {
        job(Files.readString(SAMPLES.resolve("glue-job/carrier_delays.py")), 1);
        table.with(HOUR_17 + "stale.json", "{}\n".getBytes(StandardCharsets.UTF_8));

        Finished run = pipeline.run(spec());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        assertThat(pipeline.catalog().values(table))
                .containsExactlyInAnyOrder(List.of("2013-02-08", "17"), List.of("2013-02-08", "18"));
        List<JsonNode> made = made(HOUR_17);
        assertThat(made.stream().mapToInt(line -> line.path("flights").asInt()).sum())
                .isEqualTo(47);
        assertThat(pipeline.catalog()
                        .partition(table, List.of("2013-02-08", "17"))
                        .parameters())
                .containsEntry("numRows", String.valueOf(made.size()))
                .containsEntry("numFiles", "1")
                .containsEntry("fanin.source", raw.location() + HOUR_17)
                .containsEntry("fanin.source.files", "1");
        assertThat(runs()).as("both hours in one run").hasSize(1);
        assertThat(pipeline.run(spec()).text("next")).isEqualTo("NOTHING_NEW");
    }

    @Test
    void aRedriveHealsThePartitionsOfAFailedJobRun() throws IOException {
        job(Files.readString(SAMPLES.resolve("glue-job/carrier_delays.py")), 5);
        byte[] sound = flights(HOUR_18);
        raw.with(HOUR_18 + "flights.json.gz", Arrays.copyOf(sound, sound.length / 2));

        Finished partial = pipeline.run(onePartitionPerRun());

        assertThat(failure(partial).path("error").asText()).isEqualTo("GlueJobFailed");
        assertThat(failure(partial).path("message").asText())
                .contains("the Glue job '" + job + "' ended as FAILED: EOFError: Compressed file ended before");
        assertThat(pipeline.catalog().values(table)).containsExactly(List.of("2013-02-08", "17"));

        raw.with(HOUR_18 + "flights.json.gz", sound);
        Finished redriven = pipeline.redriveOf(partial);

        assertThat(redriven.text("status")).as(redriven.toString()).isEqualTo("COMPLETE");
        assertThat(made(HOUR_18)).isNotEmpty();
    }

    @Test
    void runThatMayNotBeginYetIsWaitedFor() throws IOException {
        job("import time\ntime.sleep(2)\n" + Files.readString(SAMPLES.resolve("glue-job/carrier_delays.py")), 1);

        Finished run = pipeline.run(onePartitionPerRun());

        assertThat(run.text("status")).as(run.toString()).isEqualTo("COMPLETE");
        List<JobRun> runs =
                runs().stream().sorted(Comparator.comparing(JobRun::startedOn)).toList();
        assertThat(runs).extracting(JobRun::jobRunState).containsExactly(JobRunState.SUCCEEDED, JobRunState.SUCCEEDED);
        assertThat(runs.get(1).startedOn()).isAfterOrEqualTo(runs.get(0).completedOn());
    }

    @Test
    void runThatIsStoppedHasMadeNothing() {
        job(WAITS, 1);
        String execution = pipeline.executions().start(spec());
        Polling.await("the job runs", () -> runs().stream().anyMatch(run -> run.jobRunState() == JobRunState.RUNNING));

        glue().batchStopJobRun(request ->
                request.jobName(job).jobRunIds(runs().stream().map(JobRun::id).toList()));

        Finished partial = pipeline.executions().await(execution);
        assertThat(failure(partial).path("error").asText()).isEqualTo("GlueJobStopped");
        assertThat(failure(partial).path("message").asText())
                .contains(runs().getFirst().id());
    }

    @Test
    void jobThatThereIsNotIsNamed() {
        Finished refused = pipeline.run(spec());

        assertThat(refused.error()).as(refused.toString()).endsWith(".SpecException");
        assertThat(refused.message()).contains("$.processor.job: there is no Glue job '" + job + "'");
        assertThat(pipeline.catalog().has(table)).isFalse();
    }

    private void job(String script, int concurrency) {
        table.s3()
                .putObject(
                        request -> request.bucket(TestLake.BUCKET).key(table.prefix() + "_job.py"),
                        RequestBody.fromString(script));
        glue().createJob(request -> request.name(job)
                .role("arn:aws:iam::000000000000:role/job")
                .executionProperty(property -> property.maxConcurrentRuns(concurrency))
                .command(command -> command.name("pythonshell").scriptLocation(table.location() + "_job.py")));
    }

    private GlueClient glue() {
        return pipeline.clients().glue();
    }

    private List<JobRun> runs() {
        return glue().getJobRuns(request -> request.jobName(job)).jobRuns();
    }

    /** The first of a partial run's failures. */
    private JsonNode failure(Finished partial) {
        assertThat(partial.error()).as(partial.toString()).endsWith(".TablePartialException");
        return pipeline.state().report(partial.name()).at("/failures/0");
    }

    /** The lines of an hour made by the job, from its only object. */
    private List<JsonNode> made(String hour) throws IOException {
        String key = table.prefix() + hour;
        assertThat(table.s3()
                        .listObjectsV2(
                                request -> request.bucket(TestLake.BUCKET).prefix(key))
                        .contents())
                .singleElement()
                .satisfies(object -> assertThat(object.key()).isEqualTo(key + "part-0.json.gz"));
        byte[] content = table.s3()
                .getObjectAsBytes(request -> request.bucket(TestLake.BUCKET).key(key + "part-0.json.gz"))
                .asByteArray();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Json.read(line, JsonNode.class, hour))
                    .toList();
        }
    }

    private ObjectNode onePartitionPerRun() {
        ObjectNode spec = spec();
        spec.withObject("/processor").put("partitionsPerRun", 1);
        return spec;
    }

    /** The sample's spec with the tests' data and job. */
    private ObjectNode spec() {
        try {
            ObjectNode spec = (ObjectNode) Json.documents()
                    .readTree(SAMPLES.resolve("carrier_delays.json").toFile());
            spec.put("database", table.database()).put("location", table.location());
            spec.withObject("/source").put("location", raw.location());
            spec.withObject("/processor").put("job", job);
            return spec;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flights(String hour) throws IOException {
        return Files.readAllBytes(SAMPLES.resolve("flights/" + hour + "flights.json.gz"));
    }
}
