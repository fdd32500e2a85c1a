package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogUnavailableException;
import io.fanin.core.catalog.client.GlueCatalog;
import io.fanin.core.parallel.Workers;
import io.fanin.core.s3.BucketCheck;
import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3ObjectStore;
import io.fanin.core.s3.S3ObjectTarget;
import io.fanin.core.store.ObjectStore;
import io.fanin.fakes.FakeGlue;
import io.fanin.fakes.FakeS3;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.run.RunId;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.SpecException;
import io.fanin.processor.api.PartitionProcessor;
import io.fanin.processor.custom.Processors;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.ConversionSettings;
import io.fanin.records.scratch.Deadline;
import io.fanin.records.tables.CatalogTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Errors that are found once, before any partition is processed. */
class ProcessingCheckTest {

    private static final RunId RUN = new RunId("nightly-1");

    private final FakeS3 s3 =
            new FakeS3().createBucket("state").createBucket("lake").createBucket("landing");
    private final FakeGlue glue = new FakeGlue().createDatabase("analytics");

    @TempDir
    private Path temporary;

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        assertThat(s3.keys("lake")).isEmpty();
        assertThat(s3.keys("state")).containsExactly("runs/nightly-1/spec.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet"})
    void soundSpecGoesOnToItsMap(String format) throws IOException {
        String fields = sql("SELECT sum(delay) AS share FROM source WHERE hour > 3", format)
                .replace("}END", ", 'expect': [{'name': 'some', 'sql': 'share > 0 AND hour < 24'}]}");

        assertThat(check(fields)).isEqualTo(NextStep.PROCESS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT FROM WHERE | line 1",
                "SELECT 1 AS share; SELECT 2 AS share | expected one SELECT statement, found 2",
                "DROP TABLE source | expected one SELECT statement",
                "SELECT count(*) AS share FROM read_csv('/etc/passwd') | read_csv",
                "SELECT getenv('HOME') AS share FROM source | the function getenv is not for a query",
                "SELECT dely AS share FROM source | dely",
                "SELECT note AS share FROM source | column 'share' is VARCHAR, and bigint in the table",
                "SELECT delay AS other FROM source | column 'share' (bigint) is missing",
                "SELECT 1 AS share FROM carriers | the query names table analytics.carriers, which is not in the Glue Data"
                        + " Catalog",
            })
    void queryThatNoPartitionCanHaveIsRefused(String query, String why) {
        assertRefused(sql(query.replace("'", "\\u0027"), "json"), "$.processor.query: ", why);
        assertThat(s3.log().count("ListObjectsV2")).as("no data is looked at").isZero();
    }

    @Test
    void joinedTableWhereTheStackMayNotReadIsRefused() {
        ForeignTables.carriers(glue.client(), "s3://elsewhere/carriers/");

        assertRefused(
                sql("SELECT count(*) AS share FROM source, carriers", "json"),
                "$.processor.query: ",
                "table analytics.carriers, which has data in s3://elsewhere/carriers/, where the stack may not read");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dely > 0 | dely",
                "share > (SELECT 1 FROM source) | it names the table 'source', and a condition sees its row alone",
                "share > > | syntax error",
                "share < 0) LIMIT (0 | expected one condition, found one that closes a bracket",
                "sum(share) > 0 | aggregates",
                "getenv(carrier) = 1 | the function getenv is not for a query",
                "json_serialize_plan(carrier) = 1 | the function json_serialize_plan is not for a query",
            })
    void conditionThatNoRowCanTellIsRefused(String condition, String why) {
        String expect = "'expect': [{'name': 'a', 'rows': {'atLeast': 1}}, {'name': 'b', 'sql': '" + condition + "'}]}";

        assertRefused("'processor': {'type': 'validate', " + expect, "$.processor.expect[1].sql: ", why);
        assertRefused(
                source("json") + "'processor': {'type': 'convert', " + expect, "$.processor.expect[1].sql: ", why);
    }

    @Test
    void conditionOverColumnsOfFilesIsNotBound() throws IOException {
        String expect = "'schema': 'ignore', 'expect': [{'name': 'a', 'sql': '%s'}]}";

        assertThat(check("'processor': {'type': 'validate', " + expect.formatted("other > 0")))
                .isEqualTo(NextStep.PROCESS);
        assertRefused(
                "'processor': {'type': 'validate', " + expect.formatted("other > >"),
                "$.processor.expect[0].sql: ",
                "syntax error");
    }

    @Test
    void bucketThatIsNotThereIsTold() {
        String elsewhere = source("json") + "'location': 's3://gone/flights/', 'processor': {'type': 'convert'}";

        assertRefused(elsewhere, "$.location: ", "the bucket gone does not exist: create it, or correct the name");

        s3.faults().on("HeadBucket").thenFail(403, "AccessDenied", "Access Denied");
        assertRefused(
                elsewhere,
                "$.location: ",
                "access to the bucket gone is denied: allow the processor's role s3:ListBucket there, another account's"
                        + " also in its own policy and by its account in the stack's parameter DataAccounts");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        String fields = sql("SELECT dely AS share FROM source", "json")
                        .replace("}END", ", 'expect': [{'name': 'some', 'sql': 'no > 0'}]}")
                + ", 'location': 's3://gone/flights/'";

        assertThatThrownBy(() -> check(fields))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContainingAll("$.location: ", "; $.processor.query: ", "; $.processor.expect[0].sql: ");
    }

    @Test
    void classThatIsNotThereIsTold() {
        assertRefused(
                source("json") + "'processor': {'type': 'custom', 'name': 'own'}",
                "$.processor.name: ",
                "no processor on the class path has the name 'own'");
    }

    @Test
    void jobThatIsNotThereIsTold() {
        assertRefused(job(""), "$.processor.job: ", "there is no Glue job 'delays' in the stack's account and region");
    }

    @Test
    void argumentsAreThoseThatTheJobDeclares() throws IOException {
        glue.putJob("delays", Map.of("--scope", "all", "--TempDir", "s3://x/"), Map.of("--fixed", "1"));

        assertThat(check(job("'--scope': 'part'"))).isEqualTo(NextStep.PROCESS_BY_JOB);
        assertRefused(
                job("'--fixed': '2'"),
                "$.processor.arguments.--fixed: ",
                "is in the job's NonOverridableArguments, which no run changes");
        assertRefused(
                job("'--other': '2'"),
                "$.processor.arguments.--other: ",
                "is none of the job's own, which its DefaultArguments declare");
    }

    /** A run started by Glue would write at the same time as that of a redrive, or after the partition was given up. */
    @Test
    void jobWhoseFailedRunsGlueRepeatsIsRefused() {
        glue.putJob("delays", Map.of(), Map.of()).retryJob("delays", 2);

        assertRefused(
                job(""), "$.processor.job: ", "Glue starts failed runs of 'delays' again by itself (MaxRetries is 2)");
    }

    @Test
    void jobThatMayNotBeLookedUpNamesTheParameter() {
        glue.faults().on("GetJob").thenFail(400, "AccessDeniedException", "no");

        assertRefused(job(""), "$.processor.job: ", "The stack's parameter GlueJobs names the jobs");
    }

    @Test
    void whatPassesIsNotTheSpecs() {
        glue.faults().on("GetJob").thenFail(400, "ThrottlingException", "slow");
        assertThatThrownBy(() -> check(job(""))).isExactlyInstanceOf(CatalogUnavailableException.class);

        s3.faults().on("HeadBucket").then(Fault.slowDown());
        assertThatThrownBy(() -> check(job(""))).isInstanceOf(S3Exception.class);
    }

    @Test
    void correctionIsSeen() {
        assertRefused(job(""), "$.processor.job: ", "there is no Glue job");
        glue.putJob("delays", Map.of(), Map.of());

        assertThatCode(() -> check(job(""))).doesNotThrowAnyException();
    }

    private void assertRefused(String fields, String path, String why) {
        assertThatThrownBy(() -> check(fields))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageStartingWith("The table spec cannot be run: " + path)
                .hasMessageContaining(why);
    }

    private static String source(String format) {
        return ("'source': {'location': 's3://landing/flights/', 'format': '%s', 'layout': 'hive',"
                        + " 'columns': [{'name': 'delay', 'type': 'int'}, {'name': 'note', 'type': 'string'}], 'partitionKeys':"
                        + " [{'name': 'hour', 'type': 'int'}]}, ")
                .formatted(format);
    }

    private static String sql(String query, String format) {
        return source(format) + "'processor': {'type': 'sql', 'query': '" + query + "'}END";
    }

    private static String job(String arguments) {
        return "'processor': {'type': 'glue-job', 'job': 'delays', 'arguments': {" + arguments + "}}";
    }

    private NextStep check(String fields) throws IOException {
        String location = fields.contains("s3://gone/") ? "" : "'location': 's3://lake/flights/', ";
        String json = """
                {'database': 'analytics', 'table': 'flights', 'format': 'parquet', %s
                 'columns': [{'name': 'share', 'type': 'bigint'}, {'name': 'carrier', 'type': 'string'}],
                 'partitionKeys': [{'name': 'hour', 'type': 'int'}], 'layout': 'hive', 'onPartial': 'fail',
                 'detection': {'mode': 'list'}, %s}
                """.formatted(location, fields.replace("}END", "}")).replace('\'', '"');
        if (fields.contains("'sql', 'query'")) {
            json = json.replace(", {\"name\": \"carrier\", \"type\": \"string\"}", "");
        }
        s3.put("state", "runs/" + RUN + "/spec.json", Json.text(Json.read(json, ResolvedSpec.class, "spec")));
        return processing().check(new ProcessorRequest.Check(RUN, NextStep.CHECK, "lake,landing,"), Deadline.NONE);
    }

    private ProcessingCheck processing() {
        ObjectStore state = new S3ObjectStore(s3.client(), "state");
        Supplier<GlueCatalog> catalog = () -> new GlueCatalog(glue.client(), pause -> {});
        return new ProcessingCheck(
                state,
                ProcessorFixture.services(
                        bucket -> new S3ObjectSource(new BucketReader(s3.client(), bucket)),
                        target -> S3ObjectTarget.of(s3.client(), target),
                        new CatalogTables(catalog),
                        () -> new ConversionSettings(temporary, 1L << 30, 300L << 20, 2, 2, 1L << 20),
                        Workers.CALLER,
                        RowSamples.SHOWN),
                new BucketCheck(s3.client()),
                catalog,
                () -> new Processors(List.<PartitionProcessor>of()));
    }
}
