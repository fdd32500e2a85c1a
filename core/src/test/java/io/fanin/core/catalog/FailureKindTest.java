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
        "400, GlueEncryptionException, OTHER",
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

    private static GlueException answer(int status, String code) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("because")
                .build();
        return (GlueException) GlueException.builder()
                .statusCode(status)
                .awsErrorDetails(details)
                .build();
    }
}
