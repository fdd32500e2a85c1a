package io.fanin.model.spec.rules;

import static io.fanin.model.spec.rules.SpecShapeTest.assertRefused;
import static io.fanin.model.spec.rules.SpecShapeTest.read;
import static io.fanin.model.spec.rules.SpecShapeTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fanin.model.json.Json;
import io.fanin.model.run.NextStep;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import io.fanin.model.spec.processor.Expectation;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the processor {@code glue-job}. */
class GlueJobSpecTest {

    @Test
    void jobHasArgumentsAndIsLookedAfterAsValidateIs() throws JsonProcessingException {
        TableSpec spec = read(spec("'processor': {'type': 'glue-job', 'job': 'hourly delays',"
                + " 'arguments': {'--scope': 'full', '--b': ''}, 'partitionsPerRun': 24,"
                + " 'expect': [{'name': 'some', 'rows': {'atLeast': 1}}]}"));

        assertThat(spec.processorOrDefault()).isInstanceOfSatisfying(ProcessorSpec.GlueJob.class, job -> {
            assertThat(job.job()).isEqualTo("hourly delays");
            assertThat(job.argumentsOrNone()).containsExactly(Map.entry("--scope", "full"), Map.entry("--b", ""));
            assertThat(job.partitionsPerBatch()).isEqualTo(24);
            assertThat(job.validation())
                    .isEqualTo(new ProcessorSpec.Validate(
                            Optional.empty(), Optional.empty(), Optional.empty(), job.expect()));
            assertThat(job.validation().expectOrNone())
                    .extracting(Expectation::name)
                    .isEqualTo(List.of("some"));
        });
        assertThat(NextStep.toProcess(spec.processorOrDefault())).isEqualTo(NextStep.PROCESS_BY_JOB);
        assertThat(read(Json.text(spec))).isEqualTo(spec);
        assertThat(Json.documents().readValue(Json.text(spec), TableSpec.class)).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource({"''", "'''source'': {''location'': ''s3://landing/flights/'', ''format'': ''parquet''},'"})
    void sourceIsNotNeededAndMayBeOfAnyFormat(String source) throws JsonProcessingException {
        TableSpec spec = read(spec(source + "'processor': {'type': 'glue-job', 'job': 'delays'}"));

        assertThat(spec.source().isPresent()).isEqualTo(!source.isEmpty());
        assertThat(spec.processorOrDefault().partitionsPerBatch()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type': 'glue-job' | $.processor.job: is missing",
                "'type': 'glue-job', 'job': ' ' | $.processor.job: expected the name of a Glue job, 1 to 255 characters without"
                        + " commas, colons, slashes and wildcards, found ' '",
                "'type': 'glue-job', 'job': 'a*' | $.processor.job: expected the name of a Glue job, 1 to 255 characters without"
                        + " commas, colons, slashes and wildcards, found 'a*'",
                "'type': 'glue-job', 'job': 'a', 'arguments': ['--x'] | $.processor.arguments: expected an object, found an"
                        + " array",
                "'type': 'glue-job', 'job': 'a', 'arguments': {'--x': 1} | $.processor.arguments.--x: expected a string, found 1",
                "'type': 'glue-job', 'job': 'a', 'arguments': {'x': '1'} | $.processor.arguments.x: expected a name of"
                        + " letters, digits, '_' and '-' that begins with --, such as --scope",
                "'type': 'glue-job', 'job': 'a', 'arguments': {'--x --conf': '1'} | $.processor.arguments.--x --conf: expected a"
                        + " name of letters, digits, '_' and '-' that begins with --, such as --scope",
                "'type': 'glue-job', 'job': 'a', 'arguments': {'--x': '--conf'} | $.processor.arguments.--x: expected a value"
                        + " that does not begin with --, which would be read as a name",
                "'type': 'glue-job', 'job': 'a', 'arguments': {'--fanin_batch': '1'} | $.processor.arguments.--fanin_batch: names"
                        + " that begin with --fanin are taken",
                "'type': 'glue-job', 'job': 'a', 'partitionsPerRun': 0 | $.processor.partitionsPerRun: expected 1 to 50, found"
                        + " 0",
                "'type': 'glue-job', 'job': 'a', 'expect': [{'name': 'n', 'rows': {'atLeast': 0}}] |"
                        + " $.processor.expect[0].rows.atLeast: expected 1 or more, found 0",
            })
    void whatCannotBeIsNamed(String processor, String problem) {
        assertRefused(spec("'processor': {" + processor + "}"), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--scriptLocation",
                "--SCRIPTLOCATION",
                "--script-location",
                "--extra-py-files",
                "--extra-jars",
                "--Extra_Files",
                "--additional-python-modules",
                "--python-modules-installer-option",
                "--conf",
                "--class",
                "--TempDir",
                "--enable-glue-datacatalog",
                "--enable-anything-new",
                "--job-language",
                "--JOB_NAME",
                "--WORKFLOW_NAME",
                "--customer-driver-env-vars",
                "--datalake-formats",
                "--user-jars-first",
                "--spark-event-logs-path",
                "--debug",
                "--mode",
                "--endpoint",
                "--library-set"
            })
    void argumentsThatChangeWhatRunsAreRefused(String name) {
        assertThatThrownBy(() ->
                        read(spec("'processor': {'type': 'glue-job', 'job': 'a', 'arguments': {'" + name + "': 'x'}}")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage("The table spec cannot be run: $.processor.arguments." + name
                        + ": is a name by which Glue sets a"
                        + " job up: set it in the job, or give the job's own argument another name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fanin", "--FANIN_batch", "--Fanin-x"})
    void argumentsOfTheRunAreRefusedInAnyLetterCase(String name) {
        assertRefused(
                spec("'processor': {'type': 'glue-job', 'job': 'a', 'arguments': {'" + name + "': 'x'}}"),
                "$.processor.arguments." + name + ": names that begin with --fanin are taken");
    }

    /** Python's argparse takes them for the whole option. */
    @ParameterizedTest
    @CsvSource({
        "--f, --fanin_batch",
        "--fan, --fanin_batch",
        "--con, --continuation-option",
        "--S, --SECURITY_CONFIGURATION",
        "--encryption, --encryption-type",
        "--Temp, --TempDir",
        "--Redshift, --RedshiftTempDir",
    })
    void beginningsOfWhatGlueReadsAreRefused(String name, String whole) {
        assertRefused(
                spec("'processor': {'type': 'glue-job', 'job': 'a', 'arguments': {'" + name + "': 'x'}}"),
                "$.processor.arguments." + name + ": is the beginning of " + whole
                        + ", for which Glue's getResolvedOptions takes it: give the job's own argument another name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--s", "--fans", "--FAN", "--t", "--TEMP", "--contract"})
    void otherNamesAreTheJobsOwn(String name) throws JsonProcessingException {
        assertThat(read(spec("'processor': {'type': 'glue-job', 'job': 'a', 'arguments': {'" + name + "': 'x'}}")))
                .isNotNull();
    }
}
