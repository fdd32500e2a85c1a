package io.fanin.core.catalog.client;

import static io.fanin.core.catalog.client.CatalogFixture.hour;
import static io.fanin.core.catalog.client.CatalogFixture.refused;
import static io.fanin.core.catalog.client.CatalogFixture.registered;
import static io.fanin.core.catalog.client.CatalogFixture.registration;
import static io.fanin.core.catalog.client.CatalogFixture.registrations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.fanin.core.catalog.CatalogException;
import io.fanin.core.catalog.partition.PartitionRegistration;
import io.fanin.core.catalog.partition.RegistrationOutcome.Change;
import io.fanin.core.catalog.partition.RegistrationOutcome.Refused;
import io.fanin.core.catalog.partition.RegistrationOutcome.Registered;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.catalog.table.CatalogTable;
import io.fanin.fakes.Fault;
import io.fanin.fakes.Fault.Fail;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalog and the report after a registration, if Glue refuses, throttles, fails or does not answer. */
class RegistrationFaultsTest {

    private static final String CREATE = "BatchCreatePartition";
    private static final String UPDATE = "BatchUpdatePartition";
    private static final String GET = "BatchGetPartition";

    private final CatalogFixture fixture = new CatalogFixture();
    private final CatalogTable table = fixture.table();

    @ParameterizedTest
    @ValueSource(strings = {"InvalidInputException", "ValidationException", "SomethingNewException"})
    void refusedEntryIsReportedAndItsSiblingsAreRegistered(String code) {
        fixture.glue.faults().on(CREATE).thenFailEntry(hour(137).values(), new Fail(400, code, "because"));

        RegistrationReport report = fixture.catalog.register(table, registrations(250));

        assertThat(fixture.operations()).containsExactly(CREATE, CREATE, CREATE, GET);
        assertThat(refused(report)).containsExactly(new Refused(hour(137), code, "because"));
        assertThat(registered(report)).hasSize(249);
        assertThat(fixture.registeredCount()).isEqualTo(249);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ResourceNumberLimitExceededException | Number of partitions | a quota of Glue is used up: have it raised",
                "AccessDeniedException | not authorized | allow the role that called (in a run, the function's) glue:BatchCreatePartition",
                "AccessDeniedException | Required Insert by Lake Formation | grant the role that called (in a run, the function's) ALTER and INSERT",
                "GlueEncryptionException | An encryption operation failed. | kms:Decrypt, kms:Encrypt and kms:GenerateDataKey"
            })
    void refusedEntryNamesItsRemedy(String code, String message, String remedy) {
        fixture.glue.faults().on(CREATE).thenFailEntry(hour(1).values(), new Fail(400, code, message));

        RegistrationReport report = fixture.catalog.register(table, registrations(3));

        assertThat(registered(report)).hasSize(2);
        assertThat(refused(report)).singleElement().satisfies(refused -> {
            assertThat(refused.errorCode()).isEqualTo(code);
            assertThat(refused.message()).startsWith(message).contains(remedy);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InternalServiceException",
                "OperationTimeoutException",
                "ThrottlingException",
                "ConcurrentModificationException"
            })
    void entryThatMaySucceedLaterIsSentAgainAlone(String code) {
        fixture.glue.faults().on(CREATE).first(2).thenFailEntry(hour(1).values(), new Fail(400, code, "later"));

        RegistrationReport report = fixture.catalog.register(table, registrations(3));

        assertThat(fixture.glue.log().calls(CREATE))
                .extracting(call -> call.fact("PartitionInputList"))
                .containsExactly("3", "1", "1");
        assertThat(fixture.waits).hasSize(2);
        assertThat(report.outcomes()).contains(new Registered(hour(1), Change.CREATED));
    }

    @Test
    void entryThatNeverSucceedsIsRefusedWithItsReasonAfterBoundedAttempts() {
        fixture.glue.faults().on(CREATE).thenFailEntry(hour(1).values(), Fault.throttling());

        RegistrationReport report = fixture.catalog.register(table, registrations(3));

        assertThat(fixture.glue.log().counts()).isEqualTo(Map.of(CREATE, 5, GET, 1));
        assertThat(refused(report))
                .containsExactly(new Refused(hour(1), "ThrottlingException", "Rate exceeded (after 5 attempts)"));
        assertThat(registered(report)).hasSize(2);
    }

    @Test
    void throttledBatchIsSentAgainWithoutReadingBack() {
        fixture.glue.faults().on(CREATE).first(2).then(Fault.throttling());

        RegistrationReport report = fixture.once.register(table, registrations(3));

        assertThat(fixture.operations()).containsExactly(CREATE, CREATE, CREATE, GET);
        assertThat(registered(report)).hasSize(3);
    }

    @Test
    void batchWithALostAnswerIsReadBackAndNotRepeated() {
        fixture.glue.faults().on(CREATE).first(1).thenDropAfter();

        RegistrationReport report = fixture.once.register(table, registrations(24));

        assertThat(fixture.operations()).containsExactly(CREATE, GET, GET);
        assertThat(report.outcomes()).hasSize(24).contains(new Registered(hour(3), Change.CREATED));
        assertThat(registered(report)).hasSize(24);
    }

    @Test
    void batchThatWasLostBeforeItsEffectIsSentAgain() {
        fixture.glue.faults().on(CREATE).first(1).thenTimeOut();

        RegistrationReport report = fixture.once.register(table, registrations(24));

        assertThat(fixture.operations()).containsExactly(CREATE, GET, CREATE, GET);
        assertThat(registered(report)).hasSize(24);
    }

    /** Sent again without a word it might make another part visible; the outcome is read instead. */
    @Test
    void sdkDoesNotSendAgainWhatMayHaveHadItsEffect() {
        fixture.glue.faults().on(CREATE).first(1).thenDropAfter();

        RegistrationReport report = fixture.catalog.register(table, registrations(24));

        assertThat(fixture.operations()).containsExactly(CREATE, GET, GET);
        assertThat(registered(report)).hasSize(24);
    }

    @Test
    void lostAnswerOfTheLastAttemptIsStillReadBack() {
        fixture.glue.faults().on(CREATE).first(4).thenTimeOut();
        fixture.glue.faults().on(CREATE).first(1).thenDropAfter();

        RegistrationReport report = fixture.once.register(table, registrations(2));

        assertThat(fixture.glue.log().count(CREATE)).isEqualTo(5);
        assertThat(registered(report)).hasSize(2);
    }

    @Test
    void glueThatIsDownLeavesEveryPartitionRefusedByName() {
        fixture.glue.faults().on(CREATE).then(Fault.internalService());

        RegistrationReport report = fixture.catalog.register(table, registrations(2));

        assertThat(refused(report))
                .extracting(Refused::values, Refused::errorCode)
                .containsExactly(
                        tuple(hour(0), "InternalServiceException"), tuple(hour(1), "InternalServiceException"));
    }

    @Test
    void refusedUpdateIsReportedAndTheLostOneIsReadBack() {
        fixture.catalog.register(table, registrations(3));
        fixture.glue.faults().on(UPDATE).thenFailEntry(hour(0).values(), new Fail(400, "InvalidInputException", "no"));
        fixture.glue.faults().on(UPDATE).first(1).thenDropAfter();
        List<PartitionRegistration> moved = registrations(3).stream()
                .map(r -> new PartitionRegistration(r.values(), r.locationUri() + "v2/", Map.of()))
                .toList();

        RegistrationReport report = fixture.once.register(table, moved);

        assertThat(report.outcomes())
                .containsExactly(
                        new Refused(hour(0), "InvalidInputException", "no"),
                        new Registered(hour(1), Change.ADOPTED),
                        new Registered(hour(2), Change.ADOPTED));
    }

    @Test
    void partitionDroppedBetweenReadingAndUpdatingIsCreated() {
        fixture.glue.putPartition("analytics", "flights", hour(0).values(), "s3://lake/old/");
        fixture.glue
                .faults()
                .on(UPDATE)
                .first(1)
                .thenRun(() -> fixture.glue.dropPartition("analytics", "flights", hour(0).values()));

        RegistrationReport report = fixture.catalog.register(table, registrations(1));

        assertThat(report.outcomes()).containsExactly(new Registered(hour(0), Change.CREATED));
    }

    @Test
    void acceptedPartitionThatIsNotThereIsNotReportedRegistered() {
        fixture.glue
                .faults()
                .on(GET)
                .first(1)
                .thenRun(() -> fixture.glue.dropPartition("analytics", "flights", hour(1).values()));

        RegistrationReport report = fixture.catalog.register(table, registrations(3));

        assertThat(registered(report)).hasSize(2);
        assertThat(refused(report)).extracting(Refused::errorCode).containsExactly("NotVerified");
    }

    @Test
    void acceptedPartitionThatLiesElsewhereIsNotReportedRegistered() {
        fixture.glue
                .faults()
                .on(GET)
                .first(1)
                .thenRun(
                        () -> fixture.glue.putPartition("analytics", "flights", hour(1).values(), "s3://lake/theirs/"));

        RegistrationReport report = fixture.catalog.register(table, registrations(3));

        assertThat(refused(report))
                .containsExactly(new Refused(
                        hour(1),
                        "NotVerified",
                        "Glue has it at s3://lake/theirs/ instead of "
                                + registration(1).locationUri()));
    }

    @Test
    void deniedAccessNamesTheTableAndThePermission() {
        fixture.glue.faults().on(CREATE).thenFail(400, "AccessDeniedException", "User is not authorized");

        assertThatThrownBy(() -> fixture.catalog.register(table, registrations(1)))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("table analytics.flights", "IAM", "glue:BatchCreatePartition");
    }

    @Test
    void deniedByLakeFormationIsSaidSo() {
        fixture.glue
                .faults()
                .on(CREATE)
                .thenFail(400, "AccessDeniedException", "Insufficient Lake Formation permission(s) on flights");

        assertThatThrownBy(() -> fixture.catalog.register(table, registrations(1)))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll(
                        "table analytics.flights",
                        "Lake Formation denies it: grant the role that called (in a run, the function's) ALTER and INSERT, and access to the data"
                                + " location, on table analytics.flights there");
    }

    @Test
    void locationThatLakeFormationGuardsIsNamed() {
        fixture.glue
                .faults()
                .on(CREATE)
                .thenFail(
                        400,
                        "AccessDeniedException",
                        "Insufficient Lake Formation permission(s) on s3://lake/flights/ (Service: AWSGlue)");

        assertThatThrownBy(() -> fixture.catalog.register(table, registrations(1)))
                .hasMessageEndingWith("Lake Formation denies it: grant the role that called (in a run, the function's)"
                        + " DATA_LOCATION_ACCESS on s3://lake/flights/ there");
    }

    @Test
    void keyOfAnEncryptedCatalogIsNamed() {
        fixture.glue.faults().on(CREATE).thenFail(400, "GlueEncryptionException", "An encryption operation failed.");

        assertThatThrownBy(() -> fixture.catalog.register(table, registrations(1)))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("encrypted", "kms:GenerateDataKey");
    }

    @Test
    void vanishedTableIsNamed() {
        fixture.glue.faults().on(CREATE).thenFail(400, "EntityNotFoundException", "Table flights not found.");

        assertThatThrownBy(() -> fixture.catalog.register(table, registrations(1)))
                .isExactlyInstanceOf(CatalogException.class)
                .hasMessageContainingAll("table analytics.flights", "dropped meanwhile");
    }

    @Test
    void usedUpQuotaRefusesTheBatchWithoutSendingItAgain() {
        fixture.glue
                .faults()
                .on(CREATE)
                .where(call -> call.fact("PartitionInputList").equals("50"))
                .thenFail(400, "ResourceNumberLimitExceededException", "Number of partitions exceeded");

        RegistrationReport report = fixture.catalog.register(table, registrations(150));

        assertThat(fixture.operations()).containsExactly(CREATE, CREATE, GET);
        assertThat(registered(report)).hasSize(100);
        assertThat(refused(report))
                .hasSize(50)
                .allMatch(r -> r.errorCode().equals("ResourceNumberLimitExceededException"))
                .allMatch(r -> r.message().contains("Service Quotas"));
    }
}
