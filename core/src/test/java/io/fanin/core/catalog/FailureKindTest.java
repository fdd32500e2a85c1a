package io.fanin.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.table.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.model.GlueException;

class FailureKindTest {

    @ParameterizedTest
    @CsvSource({
        "400, AlreadyExistsException, EXISTS",
        "400, EntityNotFoundException, MISSING",
        "400, ThrottlingException, RETRYABLE",
        "429, Whatever, RETRYABLE",
        "400, ProvisionedThroughputExceededException, RETRYABLE",
        "400, ConcurrentModificationException, RETRYABLE",
        "400, VersionMismatchException, RETRYABLE",
        "400, ResourceNotReadyException, RETRYABLE",
        "500, InternalServiceException, AMBIGUOUS",
        "400, OperationTimeoutException, AMBIGUOUS",
        "502, BadGateway, AMBIGUOUS",
        "400, InvalidInputException, INVALID",
        "400, ValidationException, INVALID",
        "413, Whatever, INVALID",
        "400, AccessDeniedException, DENIED",
        "400, ResourceNumberLimitExceededException, LIMIT",
        "400, GlueEncryptionException, DENIED",
        "400, ExpiredTokenException, OTHER"
    })
    void answersAreToldByCodeThenByStatus(int status, String code, FailureKind kind) {
        assertThat(FailureKind.of(answer(status, code))).isEqualTo(kind);
    }

    @Test
    void noAnswerLeavesOpenWhatHappened() {
        assertThat(FailureKind.of(SdkClientException.create("Connection reset")))
                .isEqualTo(FailureKind.AMBIGUOUS);
        assertThat(FailureKind.of(ApiCallTimeoutException.create(20))).isEqualTo(FailureKind.AMBIGUOUS);
        assertThat(FailureKind.of(AbortedException.create("interrupted"))).isEqualTo(FailureKind.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ThrottlingException, true",
        "500, InternalServiceException, true",
        "400, AccessDeniedException, false",
        "400, GlueEncryptionException, false"
    })
    void onlyWhatMayPassIsCalledUnavailable(int status, String code, boolean unavailable) {
        CatalogException failed = GlueCall.onTable("GetTable", new TableName("analytics", "flights"))
                .failed(answer(status, code));

        assertThat(failed instanceof CatalogUnavailableException).isEqualTo(unavailable);
        assertThat(failed)
                .hasMessageStartingWith("Glue's GetTable for table analytics.flights failed with " + code + ": because")
                .hasCauseInstanceOf(SdkException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "GlueEncryptionException, An encryption operation failed.",
        "AccessDeniedException, User: arn:aws:sts::1:assumed-role/d/d is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/k"
    })
    void keyOfAnEncryptedCatalogIsToldFromGluesOwnPermissions(String code, String message) {
        GlueCall call = GlueCall.onTable("GetTable", new TableName("analytics", "flights"));

        assertThat(call.failed(answer(400, code, message)))
                .hasMessageContainingAll("KMS key", "kms:Decrypt, kms:Encrypt and kms:GenerateDataKey")
                .message()
                .doesNotContain("glue:GetTable");
    }

    private static GlueException answer(int status, String code) {
        return answer(status, code, "because");
    }

    private static GlueException answer(int status, String code, String message) {
        AwsErrorDetails details =
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
        return (GlueException) GlueException.builder()
                .statusCode(status)
                .awsErrorDetails(details)
                .build();
    }
}
