package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.spec.OnPartial;
import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.TableSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The locations of a spec, and the fields that override it. */
class ExecutionInputTest {

    private static final String SCHEDULE =
            ", 'id': '17793124-05d4-b198-2fde-7ededc63b103', 'time': '2013-02-08T17:00:00Z'";

    private final DetectorFixture fixture = new DetectorFixture();

    @Test
    void whatAScheduleAddsIsPassedOver() {
        assertThat(detected(COMPLETE + SCHEDULE)).isEqualTo(detected(COMPLETE));
    }

    @Test
    void specMayStandInAFieldOfItsOwn() {
        assertThat(detected("'spec': {" + COMPLETE + "}" + SCHEDULE)).isEqualTo(detected(COMPLETE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://lake/specs/flights.json", "s3a://lake/specs/flights.json", "s3://lake/flights.json"})
    void specMayLieInS3(String uri) {
        store(uri.substring(uri.indexOf("lake/") + 5), "{" + COMPLETE + "}");

        assertThat(detected("'spec': '" + uri + "'" + SCHEDULE)).isEqualTo(detected(COMPLETE));
    }

    @Test
    void fieldsBesideTheSpecWin() {
        store("flights.json", "{" + COMPLETE + ", 'onPartial': 'fail'}");

        TableSpec spec =
                detected("'spec': 's3://lake/flights.json', 'onPartial': 'succeed', 'location': 's3://lake/b/'");

        assertThat(spec.onPartial()).hasValue(OnPartial.SUCCEED);
        assertThat(spec.location()).hasToString("Optional[s3://lake/b/]");
        assertThat(spec.columns()).isEqualTo(detected(COMPLETE).columns());
    }

    @Test
    void inlineSpecIsNoLargerThanOneFromS3() {
        String much = "\u00e4".repeat(131_073);

        assertThatThrownBy(() -> detected(COMPLETE + ", 'onPartial': '" + much + "'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageMatching("The table spec cannot be run: \\$: expected 262144 bytes at most, found \\d+");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://lake/none.json       | s3://lake/none.json does not exist: upload a table spec there, or correct the name",
                "s3://gone/flights.json    | s3://gone/flights.json does not exist, nor does its bucket: correct the name",
                "s3://other/flights.json   | s3://other/flights.json lies outside the buckets that specs are read from (SpecBuckets names lake,gone)",
                "flights.json              | expected an S3 URI such as s3://bucket/specs/flights.json, found 'flights.json'",
                "s3://lake                 | expected an S3 URI such as s3://bucket/specs/flights.json, found 's3://lake'",
                "s3://lake/specs/          | expected an S3 URI such as s3://bucket/specs/flights.json, found 's3://lake/specs/'",
                "http://lake/flights.json  | expected an S3 URI such as s3://bucket/specs/flights.json",
                "s3://lake/denied.json     | s3://lake/denied.json cannot be read, access is denied: allow",
            })
    void specThatCannotBeFetchedIsNamed(String uri, String problem) {
        fixture.aws.s3().deny("lake", "denied.json");

        assertThatThrownBy(() -> fixture.detect("'spec': '" + uri + "'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.spec: " + problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'database':                              | s3://lake/bad.json is not JSON: Unexpected end-of-input",
                "{'table': 'a', 'table': 'b'}              | s3://lake/bad.json is not JSON: Duplicate field 'table', at $.table",
                "{'columns': [{}, {'name': 1, 'name': 2}]} | s3://lake/bad.json is not JSON: Duplicate field 'name', at $.columns[1].name",
                "{'table': 'a'} {'table': 'b'}             | s3://lake/bad.json is not JSON: it goes on after its end",
                "``                                        | s3://lake/bad.json is empty, expected a table spec",
                "[]                                        | s3://lake/bad.json holds no JSON object, expected a table spec",
                "'s3://lake/other.json'                    | s3://lake/bad.json holds no JSON object, expected a table spec",
            })
    void whatLiesInS3AndIsNoSpecIsNamed(String text, String problem) {
        store("bad.json", text);

        assertThatThrownBy(() -> fixture.detect("'spec': 's3://lake/bad.json'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.spec: " + problem);
    }

    @Test
    void objectThatIsFarTooLargeForASpecIsNamed() {
        store("big.json", "x".repeat(300 * 1024));

        assertThatThrownBy(() -> fixture.detect("'spec': 's3://lake/big.json'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "$.spec: s3://lake/big.json is too large, expected a table spec of 262144 bytes at most");
    }

    @Test
    void fieldThatTheStoredSpecMisspellsIsNamed() {
        store("flights.json", "{" + NAMES + ", 'locatoin': 's3://lake/flights/'}");

        assertThatThrownBy(() -> fixture.detect("'spec': 's3://lake/flights.json'"))
                .hasMessageContaining("$.locatoin: unknown field");
    }

    private void store(String key, String text) {
        fixture.aws.s3().put("lake", key, text.replace('\'', '"'));
    }

    /** The spec that an execution with this input has resolved. */
    private TableSpec detected(String fields) {
        String run = "r" + fixture.aws.log().count();
        fixture.detect(run, DetectorFixture.json("{" + fields + "}"));
        return fixture.run(run).spec().document();
    }
}
