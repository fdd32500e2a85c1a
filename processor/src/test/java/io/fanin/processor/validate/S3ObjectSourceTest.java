package io.fanin.processor.validate;

import static io.fanin.processor.validate.Checked.JSON;
import static io.fanin.processor.validate.Checked.PREFIX;
import static io.fanin.processor.validate.Checked.partition;
import static io.fanin.processor.validate.Checked.rows;
import static io.fanin.processor.validate.Checked.sound;
import static io.fanin.processor.validate.Checked.unsound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.s3.BucketReader;
import io.fanin.core.s3.S3AccessException;
import io.fanin.core.s3.S3Pages;
import io.fanin.fakes.FakeS3;
import io.fanin.model.failure.FailureCode;
import io.fanin.records.objects.ObjectSource;
import io.fanin.records.objects.S3ObjectSource;
import io.fanin.records.samples.RowSamples;
import io.fanin.records.scratch.Deadline;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectSourceTest {
    private static final String A = PREFIX + "a.json";

    private final FakeS3 s3 = new FakeS3().createBucket("lake");
    private final ObjectSource source = new S3ObjectSource(new BucketReader(s3.client(), "lake"));

    @Test
    void listsPageByPageWhatLiesBelowThePrefix() {
        for (int i = 0; i < 2_001; i++) {
            s3.put("lake", PREFIX + i, "{}");
        }
        s3.put("lake", "flights/dt=2013-02-08-late/a", "[]").put("lake", "flights/dt=2013-02-09/a", "[]");

        PartitionReport.Sound report = sound(partition(JSON, source));

        assertThat(report.inventory().files()).isEqualTo(2_001);
        assertThat(report.rows()).hasValue(2_001);
        assertThat(s3.log().calls("ListObjectsV2")).hasSize(3).allSatisfy(call -> {
            assertThat(call.fact("encoding-type")).isEqualTo("url");
            assertThat(call.fact("prefix")).isEqualTo(PREFIX);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a+b", "a%20b", "a%2Bb", "caf\u00e9 \ud83d\ude00", "a&<b>\"'", "a=b:c?d#e"})
    void keysAreReadAsTheyWereWritten(String name) {
        s3.put("lake", PREFIX + name, "{}\n{}");

        assertThat(source.list(PREFIX).next().key()).isEqualTo(PREFIX + name);
        assertThat(rows(partition(JSON, source))).isEqualTo(2);
    }

    @Test
    void keyThatXmlCannotSpellIsListed() {
        s3.put("lake", PREFIX + "a\u0001b", "{}");

        assertThat(source.list(PREFIX).next().key()).isEqualTo(PREFIX + "a\u0001b");
    }

    @Test
    void everyReadAsksForTheListedVersion() {
        s3.put("lake", A, "{}");
        String etag = source.list(PREFIX).next().etag();

        partition(JSON, source);

        assertThat(s3.log().calls("GetObject"))
                .singleElement()
                .extracting(call -> call.fact("if-match"))
                .isEqualTo(etag);
    }

    @Test
    void listingPageThatIsCutShortIsAskedForAgain() {
        for (int i = 0; i < 1_001; i++) {
            s3.put("lake", PREFIX + i, "");
        }
        s3.faults().on("ListObjectsV2").nth(2).thenTruncate();

        assertThat(sound(partition(JSON, source)).inventory().files()).isEqualTo(1_001);
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(3);
    }

    @Test
    void listingPageThatIsAlwaysCutShortIsGivenUp() {
        s3.put("lake", A, "{}").faults().on("ListObjectsV2").thenTruncate();

        assertThatThrownBy(() -> partition(JSON, source)).isInstanceOf(SdkClientException.class);
        assertThat(s3.log().count("ListObjectsV2")).isEqualTo(S3Pages.ATTEMPTS);
    }

    @Test
    void throttlingThatOutlastsTheSdkIsThrownAsItIs() {
        s3.put("lake", A, "{}").faults().on("GetObject").thenFail(503, "SlowDown", "Please reduce your request rate.");

        assertThatThrownBy(() -> partition(JSON, source))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));
    }

    @Test
    void missingBucketIsNamed() {
        assertThatThrownBy(() -> partition(JSON, new S3ObjectSource(new BucketReader(s3.client(), "nowhere"))))
                .isInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://nowhere/" + PREFIX)
                .hasMessageContaining("the bucket does not exist");
    }

    @Test
    void brokenConnectionSaysNothingAboutTheData() {
        s3.put("lake", A, "{}\n{}\n").faults().on("GetObject").thenTruncate();

        assertThatThrownBy(() -> PartitionValidation.ofJson(source, List.of(), RowSamples.SHOWN, Deadline.NONE)
                        .validate(PREFIX))
                .isInstanceOf(IOException.class)
                .hasMessage("object s3://lake/" + A + " ended after 3 of 6 bytes (Premature EOF): try again");
    }

    @Test
    void objectDeletedAfterTheListingHasVanished() {
        s3.put("lake", A, "{}").faults().on("GetObject").thenRun(() -> s3.delete("lake", A));

        assertThat(unsound(partition(JSON, source), FailureCode.VANISHED))
                .hasMessage("object s3://lake/" + A + " was deleted while being read: run the partition again");
    }

    @Test
    void objectReplacedAfterTheListingIsNotRead() {
        s3.put("lake", A, "{}").faults().on("GetObject").thenRun(() -> s3.put("lake", A, "{}\n{}"));

        assertThat(unsound(partition(JSON, source), FailureCode.REPLACED).getMessage())
                .isEqualTo("object s3://lake/" + A + " was replaced while being read: run the partition again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KMS.DisabledException", "KMS.KMSInvalidStateException"})
    void objectThatNobodyCanDecryptIsNamed(String code) {
        s3.put("lake", A, "{}").faults().on("GetObject").thenFail(400, code, "The key is disabled.");

        assertThat(unsound(partition(JSON, source), FailureCode.ACCESS_DENIED))
                .hasMessage("object s3://lake/" + A + " cannot be decrypted, S3 answers " + code
                        + " (status 400): make its KMS key usable again, or write the object again");
    }

    @Test
    void objectWithAKeyOfItsWriterIsNamed() {
        s3.put("lake", A, "{}")
                .faults()
                .on("GetObject")
                .thenFail(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption.");

        assertThat(unsound(partition(JSON, source), FailureCode.ACCESS_DENIED))
                .hasMessage("object s3://lake/" + A
                        + " cannot be read, S3 answers InvalidRequest (status 400), as where its"
                        + " writer gave a key of its own (SSE-C): write the object again, without");
    }

    @Test
    void whatMayNotBeReadIsReported() {
        s3.put("lake", A, "{}").deny("lake", A);

        assertThat(unsound(partition(JSON, source), FailureCode.ACCESS_DENIED).getMessage())
                .startsWith("object s3://lake/" + A + " may not be read: allow s3:GetObject");
    }

    @Test
    void whatMayNotBeListedIsReported() {
        s3.put("lake", A, "{}").deny("lake", PREFIX);

        assertThat(unsound(partition(JSON, source), FailureCode.ACCESS_DENIED))
                .hasMessageStartingWith("s3://lake/" + PREFIX + " cannot be listed: access is denied");
    }

    @Test
    void archivedObjectIsReported() {
        s3.put("lake", A, "{}")
                .faults()
                .on("GetObject")
                .thenFail(403, "InvalidObjectState", "The operation is not valid for the object's storage class");

        unsound(partition(JSON, source), FailureCode.ARCHIVED);
    }
}
