package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fanin.core.catalog.partition.RegistrationOutcome;
import io.fanin.core.catalog.partition.RegistrationOutcome.Change;
import io.fanin.core.catalog.partition.RegistrationReport;
import io.fanin.core.history.PassPeriods;
import io.fanin.core.record.OutstandingFailure;
import io.fanin.model.run.Failure;
import io.fanin.model.run.PartitionResult;
import io.fanin.tablecreator.registration.RegistrationResults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each result is combined with its own outcome. */
class RegistrationResultsTest {

    private static final Instant BEGAN = Instant.parse("2013-02-09T12:00:00Z");

    private final RegistrationResults results = RegistrationResults.of(
            List.of(result(0, 0), result(1, 5), result(2, 7), result(3, 0)),
            some -> report(
                    refused(0, "AccessDeniedException"),
                    registered(1, Change.CREATED),
                    refused(2, "InvalidInputException"),
                    registered(3, Change.UPDATED)));

    @Test
    void onlyWhatGlueReturnedIsRegistered() {
        assertThat(results.values()).isEqualTo(Set.of(hour(1).values(), hour(3).values()));
    }

    @Test
    void badRecordsOfRefusedPartitionsAreNotInTheTable() {
        assertThat(results.leftOut(RunFixture.DEFINITION.keys()).records()).isEqualTo(5);
    }

    @Test
    void refusalsAreFailuresOfTheirPartitions() {
        assertThat(results.failures(RUN, 2))
                .containsExactly(failure(0, "AccessDeniedException", true), failure(2, "InvalidInputException", false));
    }

    @ParameterizedTest
    @CsvSource({"CREATED, false", "ADOPTED, false", "UPDATED, true", "UNCHANGED, false"})
    void calendarIsToldWhetherThePartitionHeldOtherData(Change change, boolean isAgain) {
        RegistrationResults one = RegistrationResults.of(List.of(result(4, 0)), some -> report(registered(4, change)));

        assertThat(one.periods())
                .containsExactly(new PassPeriods.Registered(hour(4).values(), isAgain, OptionalLong.of(60)));
    }

    /** Others have dropped it between the write and the reading back: what it replaced has been read until then. */
    @Test
    void partitionThatIsGoneWhenReadBackMayHaveBeenSwitched() {
        RegistrationResults one = RegistrationResults.of(
                List.of(result(4, 0), result(5, 0), result(6, 0), result(7, 0)),
                some -> report(
                        refused(4, "NotVerified"),
                        refused(5, "AccessDeniedException"),
                        registered(6, Change.KEPT),
                        registered(7, Change.UPDATED)));

        assertThat(one.unswitched()).containsExactlyInAnyOrder(hour(5).values(), hour(6).values());
    }

    @ParameterizedTest
    @CsvSource({
        // Glue's or fanin's code, whether the partition may be registered unchanged later
        "AccessDeniedException,            true",
        "InternalServiceException,         true",
        "ThrottlingException,              true",
        "ResourceNumberLimitExceededException, true",
        "InvalidInputException,            false",
    })
    void refusalThatMayPassKeepsItsResult(String code, boolean isKept) {
        RegistrationResults one = RegistrationResults.of(List.of(result(4, 0)), some -> report(refused(4, code)));

        assertThat(one.unregistered()).isEqualTo(isKept ? List.of(result(4, 0)) : List.of());
    }

    /** What Glue answers is held for some of them at a time. */
    @Test
    void manyResultsAreRegisteredInParts() {
        List<PartitionResult.Processed> many =
                IntStream.range(0, 45_000).mapToObj(hour -> result(hour, 0)).toList();
        List<Integer> parts = new ArrayList<>();

        RegistrationResults all = RegistrationResults.of(many, some -> {
            parts.add(some.size());
            return report(some.stream()
                    .map(one ->
                            new RegistrationOutcome.Registered(one.partition().values(), Change.CREATED))
                    .toArray(RegistrationOutcome[]::new));
        });

        assertThat(parts).containsExactly(20_000, 20_000, 5_000);
        assertThat(all.accepted())
                .extracting(one -> one.outcome().values())
                .containsExactlyElementsOf(
                        many.stream().map(one -> one.partition().values()).toList());
    }

    @Test
    void outcomesOfOtherPartitionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RegistrationResults.of(
                        List.of(result(0, 0), result(1, 0)), some -> report(registered(0, Change.CREATED))))
                .withMessage("analytics.flights: expected the outcomes of registering 2 partitions, found 1");
    }

    private static PartitionResult.Processed result(int hour, long badRecords) {
        return ((PartitionResult.Processed) Pass.lacking(hour(hour), badRecords)).asOf(BEGAN);
    }

    private static RegistrationReport report(RegistrationOutcome... outcomes) {
        return new RegistrationReport(FLIGHTS, List.of(outcomes));
    }

    private static RegistrationOutcome registered(int hour, Change change) {
        return new RegistrationOutcome.Registered(hour(hour).values(), change);
    }

    private static RegistrationOutcome refused(int hour, String code) {
        return new RegistrationOutcome.Refused(hour(hour).values(), code, "no");
    }

    private static OutstandingFailure failure(int hour, String code, boolean isExternal) {
        Failure failure = new Failure(code, "Glue did not register it: " + Failure.quoted("no"), isExternal);
        return OutstandingFailure.first(hour(hour), failure, RUN, 2).ofDataReadAt(BEGAN);
    }
}
