package io.fanin.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.json.Json;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.processor.job.JobEnd;
import io.fanin.processor.job.JobEngine;
import io.fanin.records.parquet.ParquetBytes;
import io.fanin.records.samples.RowSamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of rows in messages and logs, with samples and without. */
class RowSamplesTest {

    private static final String MARKER = "sEcReT";

    private static final String COLUMNS = "{'name':'id','type':'bigint'},{'name':'name','type':'string'}";

    @TempDir
    private Path temporary;

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setOut(out);
    }

    /**
     * A case in which a message may quote a row.
     *
     * @param more fields of the spec
     * @param object the only one, as it lies in the table's bucket or in the landing bucket
     */
    record Told(String name, String format, String more, String bucket, Supplier<byte[]> object) {

        static Told of(String name, String format, String more, String bucket, String object) {
            return new Told(
                    name, format, more, bucket, () -> object.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Told> told() {
        String csv = "'csv':{'header':false},";
        return List.of(
                Told.of("no JSON", "json", validate(""), "lake", "{'id': sEcReT}\n"),
                Told.of("value of CSV", "csv", csv + validate(""), "lake", "sEcReT,a\n"),
                Told.of("value of JSON", "json", validate(""), "lake", "{'id': 'sEcReT'}\n"),
                Told.of("record no column takes", "json", validate(expect("id > 0")), "lake", "{'id': 'sEcReT'}\n"),
                Told.of("rule of JSON", "json", validate(expect("id > 5")), "lake", "{'id': 1, 'name': 'sEcReT'}\n"),
                Told.of("rule of CSV", "csv", csv + validate(expect("id > 5")), "lake", "1,sEcReT\n"),
                Told.of("cast in a rule", "json", validate(expect("name::INT > 5")), "lake", "{'name': 'sEcReT'}\n"),
                Told.of("error in a rule", "json", validate(expect("error(name)")), "lake", "{'name': 'sEcReT'}\n"),
                new Told("rule of Parquet", "parquet", validate(expect("id > 5")), "lake", RowSamplesTest::parquet),
                new Told(
                        "cast of Parquet",
                        "parquet",
                        validate(expect("name::DATE > '2013-01-01'")),
                        "lake",
                        RowSamplesTest::parquet),
                new Told(
                        "statistics", "parquet", validate(", 'statistics': ['name']"), "lake", RowSamplesTest::parquet),
                new Told(
                        "value of a footer",
                        "parquet",
                        validate(""),
                        "lake",
                        () -> ParquetBytes.of("SELECT 7777777 AS id, 'a' AS name")),
                Told.of(
                        "bad record",
                        "parquet",
                        make("'convert', 'onBadRecord': 'fail'"),
                        "landing",
                        "{'id': 'sEcReT'}\n"),
                Told.of("bad records", "parquet", make("'convert'"), "landing", "{'id': 'sEcReT'}\n{'id': 'sEcReT'}\n"),
                Told.of(
                        "rule of what is made",
                        "parquet",
                        make("'convert'" + expect("id > 5")),
                        "landing",
                        "{'id': 1, 'name': 'sEcReT'}\n"),
                Told.of(
                        "cast in a query",
                        "parquet",
                        make("'sql', 'query': 'SELECT name::BIGINT AS id, name FROM source'"),
                        "landing",
                        "{'name': 'sEcReT'}\n"),
                Told.of(
                        "value that does not fit",
                        "parquet",
                        make("'sql', 'query': 'SELECT id::DECIMAL(38,0) * 1000000000000 AS id, name FROM source'"),
                        "landing",
                        "{'id': 7777777777777, 'name': 'sEcReT'}\n"),
                Told.of(
                        "error of a query",
                        "parquet",
                        make("'sql', 'query': 'SELECT id, error(name)::VARCHAR AS name FROM source'"),
                        "landing",
                        "{'name': 'sEcReT'}\n"),
                Told.of(
                        "path made of a value",
                        "parquet",
                        make(
                                "'sql', 'query': 'SELECT id, (SELECT max(j.key) FROM json_each(\\u0027{}\\u0027, name) j) AS name FROM source'"),
                        "landing",
                        "{'name': '$[(sEcReT'}\n"),
                Told.of(
                        "rule of a result",
                        "parquet",
                        make("'sql', 'query': 'SELECT id, name FROM source'" + expect("id > 5")),
                        "landing",
                        "{'id': 1, 'name': 'sEcReT'}\n"));
    }

    private static String validate(String more) {
        return "'processor': {'type': 'validate'" + more + "}";
    }

    private static String expect(String sql) {
        return ", 'expect': [{'name': 'sane', 'sql': '" + sql.replace("'", "\\u0027") + "'}]";
    }

    private static String make(String processor) {
        return source() + "'processor': {'type': " + processor + "}";
    }

    private static String source() {
        return "'source': {'location': 's3://landing/flights/', 'format': 'json', 'layout': 'hive',"
                + " 'partitionKeys': [{'name': 'hour', 'type': 'int'}]}, ";
    }

    private static byte[] parquet() {
        return ParquetBytes.of("SELECT 1::BIGINT AS id, 'sEcReT' AS name");
    }

    @ParameterizedTest
    @MethodSource("told")
    void noRowValueAppearsWithSamplesOff(Told told) throws IOException {
        assertThat(all(told, RowSamples.SHOWN)).as("with samples").contains(value(told));
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .as("log, with samples")
                .doesNotContain(value(told));

        logged.reset();
        assertThat(all(told, RowSamples.HIDDEN)).doesNotContain(value(told));
    }

    private static String value(Told told) {
        return switch (told.name()) {
            case "value that does not fit" -> "7777777777777";
            case "value of a footer" -> "7777777";
            case "no JSON" -> "'s'";
            default -> MARKER;
        };
    }

    private static String columns(Told told) {
        return told.name().equals("value of a footer") ? COLUMNS.replace("bigint", "smallint") : COLUMNS;
    }

    /** All log output, and all objects written except the quarantine and the data. */
    private String all(Told told, RowSamples samples) throws IOException {
        BatchFixture fixture = new BatchFixture(temporary);
        fixture.samples = samples;
        fixture.writeSpec(
                told.format(), columns(told).replace('\'', '"'), told.more().replace('\'', '"'));
        fixture.s3.put(
                told.bucket(), BatchFixture.prefix(0) + "a", told.object().get());
        List<PartitionResult> results = fixture.process(1);
        assertThat(results).hasSize(1);
        return Stream.concat(
                        Stream.of(results.toString(), logged.toString(StandardCharsets.UTF_8)),
                        fixture.s3.keys("state").stream()
                                .filter(key -> !key.contains("/quarantine/") && !key.endsWith("spec.json"))
                                .map(key -> fixture.s3.text("state", key).orElseThrow()))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void jobsOwnWordsAreNotTold() {
        String run =
                "{\"job\":\"j\",\"outcome\":{\"Id\":\"jr_1\",\"JobRunState\":\"FAILED\",\"ErrorMessage\":\"bad sEcReT\"}}";

        assertThat(outcome(run, RowSamples.SHOWN)).contains(MARKER);
        assertThat(outcome(run, RowSamples.HIDDEN)).doesNotContain(MARKER).contains("jr_1", "ended as FAILED");

        String cut = "{\"job\":\"j\",\"outcome\":{\"Error\":\"States.TaskFailed\",\"Cause\":"
                + "\"{\\\"JobRunState\\\":\\\"FAILED\\\",\\\"ErrorMessage\\\":\\\"bad sEcReT\"}}";
        assertThat(outcome(cut, RowSamples.SHOWN)).contains(MARKER);
        assertThat(outcome(cut, RowSamples.HIDDEN)).doesNotContain(MARKER).contains("States.TaskFailed");
    }

    private static String outcome(String glue, RowSamples samples) {
        ProcessorSpec.Job job = new ProcessorSpec.GlueJob(
                "j",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return JobEngine.of(job)
                .outcome(Json.read(glue, JobEnd.class, "job"), samples)
                .toString();
    }

    @Test
    void anotherWordThanTrueAndFalseIsRefused() {
        assertThat(RowSamples.of("")).isEqualTo(RowSamples.SHOWN);
        assertThat(RowSamples.of("false")).isEqualTo(RowSamples.HIDDEN);
        assertThatThrownBy(() -> RowSamples.of("no"))
                .hasMessage("the environment variable SAMPLE_ROWS is 'no': expected true or false");
    }
}
