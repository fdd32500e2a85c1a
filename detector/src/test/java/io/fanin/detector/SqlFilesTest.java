package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.spec.SpecException;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.model.spec.rules.SqlRules;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A query that lies in a file. */
class SqlFilesTest {

    private static final String SPEC = NAMES + ", 'location': 's3://lake/flights/', 'format': 'parquet',"
            + " 'columns': [{'name': 'carrier', 'type': 'string'}], 'partitionKeys': [{'name': 'dt', 'type': 'date'}],"
            + " 'source': {'location': 's3://landing/raw/'}, 'processor': {'type': 'sql', 'file': '%s'}";

    private static final String FILE = "s3://lake/queries/a b.sql";

    private final DetectorFixture fixture = new DetectorFixture();

    private void detect(String file) {
        fixture.raw("dt=2026-11-20").detect(SPEC.formatted(file));
    }

    private void file(byte[] content) {
        fixture.aws.s3().put("lake", "queries/a b.sql", content);
    }

    private void file(String content) {
        file(content.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> query() {
        return ((ProcessorSpec.Sql) fixture.run().spec().processor()).query();
    }

    @Test
    void textIsReadOnceAndIsTheRunsOwn() {
        file("\uFEFFSELECT 'ü'\n-- \"x\"\nFROM source;\n");

        detect(FILE);
        file("SELECT 2");
        fixture.detect(SPEC.formatted(FILE));

        assertThat(query()).hasValue("SELECT 'ü'\n-- \"x\"\nFROM source;\n");
        assertThat(fixture.aws.log().calls("GetObject"))
                .filteredOn(call -> call.target().startsWith("lake/queries/"))
                .hasSize(1);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        assertRefused(
                FILE,
                "The table spec cannot be run: $.processor.file: " + FILE
                        + " does not exist: upload a query there, or correct the name");
    }

    @Test
    void fileThatMayNotBeReadIsNamed() {
        fixture.aws.s3().deny("lake", "queries/");

        assertRefused(
                FILE,
                "The table spec cannot be run: $.processor.file: " + FILE
                        + " cannot be read, access is denied: allow the detector's role in the bucket's policy; name another"
                        + " account's bucket by its account in the stack's parameter DataAccounts, and a KMS key that"
                        + " encrypts the object in DataKeys");
    }

    @ParameterizedTest
    @CsvSource({"301, PermanentRedirect", "400, AuthorizationHeaderMalformed"})
    void fileInAnotherRegionIsNamed(int status, String code) {
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/"))
                .thenFail(status, code, "x");

        assertRefused(
                FILE,
                "The table spec cannot be run: $.processor.file: " + FILE
                        + " cannot be read, its bucket lies in another region than the stack: copy it into a spec bucket here");
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, access is denied: allow the detector's role in the bucket's policy",
        "403, , access is denied: allow the detector's role in the bucket's policy",
        "403, InvalidObjectState, S3 answers InvalidObjectState (status 403): check the object and its bucket",
        "400, KMS.DisabledException, S3 answers KMS.DisabledException (status 400): check the object and its bucket",
        "409, , S3 answers with status 409: check the object and its bucket"
    })
    void whatElseS3AnswersIsTold(int status, String code, String told) {
        s3Answers(status, code);

        assertRefused(FILE, "The table spec cannot be run: $.processor.file: " + FILE + " cannot be read, " + told);
    }

    /** The state machine tries again then, as it does not for a spec that cannot be run. */
    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown", "503, ", "429, TooManyRequests", "400, ThrottlingException"})
    void whatPassesIsNoFaultOfTheSpec(int status, String code) {
        s3Answers(status, code);

        assertThatThrownBy(() -> detect(FILE)).isExactlyInstanceOf(S3Exception.class);
    }

    private void s3Answers(int status, String code) {
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().startsWith("lake/"))
                .thenFail(status, code == null ? "" : code, "x");
    }

    @Test
    void fileOutsideTheSpecBucketsIsNotRead() {
        assertRefused(
                "s3://landing/a.sql",
                "$.processor.file: s3://landing/a.sql lies outside the buckets that specs are read from (SpecBuckets names"
                        + " lake,gone): name the bucket in the stack's parameter SpecBuckets, or give the text itself");
        assertThat(fixture.aws.log().calls("GetObject"))
                .noneMatch(call -> call.target().startsWith("landing/"));
    }

    @Test
    void fileThatIsEmptyTooLargeOrNoTextIsNoQuery() {
        file("");
        assertRefused(FILE, FILE + " is empty, expected a query");
        file("x".repeat(SqlRules.MAX_BYTES + 1));
        assertRefused(FILE, FILE + " is too large, expected a query of 131072 bytes at most");
        file(new byte[] {'S', (byte) 0xFF});
        assertRefused(FILE, FILE + " is not text in UTF-8, expected a query");
        file("SELECT \0");
        assertRefused(FILE, FILE + " has the character NUL");
    }

    private void assertRefused(String file, String message) {
        assertThatThrownBy(() -> detect(file))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("Request ID");
    }
}
