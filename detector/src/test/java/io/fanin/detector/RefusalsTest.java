package io.fanin.detector;

import static io.fanin.detector.DetectorFixture.COMPLETE;
import static io.fanin.detector.DetectorFixture.NAMES;
import static io.fanin.detector.DetectorFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.s3.S3AccessException;
import io.fanin.fakes.Fault;
import io.fanin.model.spec.SpecException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Bad input: one clear error, and nothing is written anywhere, but for the lease where the data had to be looked at.
 */
class RefusalsTest {

    private final DetectorFixture fixture = new DetectorFixture();

    @AfterEach
    void nothingIsWritten() {
        boolean looked = !fixture.listed().isEmpty();
        assertThat(fixture.writes())
                .isEqualTo(looked ? List.of("PutObject state/" + DetectorFixture.LEASE) : List.of());
        assertThat(fixture.aws.s3().keys("state")).isEqualTo(looked ? List.of(DetectorFixture.LEASE) : List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "'flights'", "5", "{}", "{'spec': 5}", "{'spec': null}", "{'spec': []}"})
    void inputThatIsNoSpecIsRefusedBeforeAnythingIsAsked(String input) {
        assertThatThrownBy(() -> fixture.detect("r1", json(input)))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageStartingWith("The table spec cannot be run: $");
        assertThat(fixture.glueRequests()).isZero();
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void misspeltFieldIsRefusedBeforeAnythingIsAsked() {
        assertThatThrownBy(() -> fixture.detect(COMPLETE + ", 'onpartial': 'fail'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.onpartial: unknown field");
        assertThat(fixture.glueRequests()).isZero();
    }

    @Test
    void incompleteSpecOfAnAbsentTableIsRefused() {
        assertThatThrownBy(() -> fixture.detect(NAMES))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContainingAll("$.location", "$.format", "$.columns", "$.partitionKeys");
    }

    @Test
    void contradictionOfTheTableIsRefusedBeforeAnythingIsListed() {
        fixture.table("");

        assertThatThrownBy(() -> fixture.detect(NAMES + ", 'format': 'parquet'"))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("$.format: contradicts the catalog");
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void tableWithoutPartitionKeysIsRefused() {
        fixture.table("").aws.glue().alterTable("analytics", "flights", input -> input.remove("PartitionKeys"));

        assertThatThrownBy(() -> fixture.detect(NAMES))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessageContaining("table analytics.flights has no partition keys");
    }

    @Test
    void locationOutsideTheDataBucketsIsRefusedBeforeAnythingIsListed() {
        assertThatThrownBy(() -> fixture.detect(COMPLETE.replace("s3://lake/", "s3://other/")))
                .isExactlyInstanceOf(SpecException.class)
                .hasMessage(
                        "The table spec cannot be run: $.location: s3://other/flights/ lies outside the stack's data"
                                + " buckets (DataBuckets names lake,gone,landing, TargetBuckets names lake): correct it, or name the bucket in the stack's parameter DataBuckets");
        assertThat(fixture.listed()).isEmpty();
    }

    @Test
    void missingBucketIsNamed() {
        assertThatThrownBy(() -> fixture.detect(COMPLETE.replace("s3://lake/", "s3://gone/")))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://gone/flights/ cannot be listed: the bucket does not exist");
    }

    @Test
    void deniedBucketIsNamed() {
        fixture.aws.s3().deny("lake", "");

        assertThatThrownBy(() -> fixture.detect(COMPLETE))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/flights/ cannot be listed: access is denied");
    }

    /** A smaller answer that looks whole would register the rest, and say that the table is complete. */
    @Test
    void deniedPrefixBelowFailsTheRun() {
        fixture.data("dt=2013-02-07/hour=1", "dt=2013-02-08/hour=1").aws.s3().deny("lake", "flights/dt=2013-02-08/");

        assertThatThrownBy(() -> fixture.detect(COMPLETE))
                .isExactlyInstanceOf(S3AccessException.class)
                .hasMessageContaining("s3://lake/flights/dt=2013-02-08/");
    }

    @Test
    void listingThatIsAlwaysCutShortFailsTheRun() {
        fixture.data("dt=2013-02-07/hour=1");
        fixture.aws.faults().on("ListObjectsV2").nth(2).thenTruncate();
        fixture.aws
                .faults()
                .on("ListObjectsV2")
                .where(call -> call.target().contains("dt="))
                .thenTruncate();

        assertThatThrownBy(() -> fixture.detect(COMPLETE)).isInstanceOf(SdkClientException.class);
    }

    @Test
    void lastingThrottlingOfS3FailsTheRun() {
        fixture.aws.faults().on("ListObjectsV2").then(Fault.slowDown());

        assertThatThrownBy(() -> fixture.detect(COMPLETE)).isInstanceOf(S3Exception.class);
    }

    @Test
    void deniedCatalogIsNamedWithThePermission() {
        fixture.aws.faults().on("GetTable").thenFail(400, "AccessDeniedException", "not authorized");

        assertThatThrownBy(() -> fixture.detect(COMPLETE))
                .isInstanceOf(CatalogException.class)
                .hasMessageContainingAll("table analytics.flights", "glue:GetTable");
    }
}
