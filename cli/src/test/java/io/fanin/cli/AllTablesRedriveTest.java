package io.fanin.cli;

import static io.fanin.cli.AllTablesFixture.item;
import static io.fanin.cli.AllTablesFixture.parentArn;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.running;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Redrives of runs of all tables with many unfinished tables. */
class AllTablesRedriveTest {

    /** A name in the form that EventBridge gives. */
    private static final String PARENT = "0f6c0c3e-5a0e-7b1c-2d3e-4f5a6b7c8d9e_2d3e4f5a-6b7c-8d9e-0f1a-2b3c4d5e6f70";

    private final AllTablesFixture fixture = new AllTablesFixture();
    private final CliFixture cli = fixture.cli;
    private final List<String> redriven = new ArrayList<>();
    private final Set<String> underWay = new LinkedHashSet<>();
    private final Map<String, Integer> looks = new HashMap<>();
    private int mostUnderWay;

    @BeforeEach
    void redriveOfTheRunSucceeds() {
        cli.stepFunctions.startsWith(name -> succeeded(name, Map.of())).onRedrive(arn -> {
            redriven.add(arn);
            cli.stepFunctions.put(described(PARENT, "SUCCEEDED")
                    .executionArn(arn)
                    .redriveCount(1)
                    .build());
        });
    }

    @Test
    void tablesWithNamesThatBeginAlikeAreStartedEach() {
        failed(Stream.of("flights_of_the_airline_that_flies_1", "flights_of_the_airline_that_flies_2"));

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(cli.stepFunctions.inputs)
                .containsExactlyInAnyOrder(
                        input("flights_of_the_airline_that_flies_1"), input("flights_of_the_airline_that_flies_2"));
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    @Test
    void refusalOfATableStopsNoOther() {
        failed(Stream.of("airports", "delays", "flights"));
        cli.stepFunctions.startsWith(name -> name.contains("delays") ? refused() : succeeded(name, Map.of()));

        Done done = redrive();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out())
                .contains("Started: analytics.airports, ", "Started: analytics.flights, ", PARENT + ": PARTIAL")
                .doesNotContain("Started: analytics.delays");
        assertThat(done.err())
                .contains("Not run again: analytics.delays: the execution analytics-delays-")
                .contains("error: 1 table could not be run again (analytics.delays), and 2 others were, as said above")
                .contains("was not started: not now")
                .contains("hint: once the cause is removed: fanin redrive --all " + PARENT);
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    /** The summary looks for the execution that the run could not start. */
    @Test
    void tableThatWasNotStartedIsStartedUnderItsName() {
        failed(Stream.of("delays", "flights"));
        cli.stepFunctions.put(described(item(PARENT, "flights", 1).name(), "FAILED")
                .redriveStatus("NOT_REDRIVABLE")
                .build());

        Done done = redrive();

        assertThat(done.lines())
                .contains("Started: analytics.delays, "
                        + item(PARENT, "delays", 0).name())
                .anyMatch(line -> line.startsWith("Started: analytics.flights, ")
                        && !line.endsWith(item(PARENT, "flights", 1).name()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tableThatCannotBeLookedAtStopsNoOther(int refusedFrom) {
        failed(Stream.of("airports", "delays", "flights"));
        cli.stepFunctions.onDescribe(arn -> {
            if (arn.contains("delays") && looks.merge(arn, 1, Integer::sum) >= refusedFrom) {
                throw failure("AccessDeniedException");
            }
        });

        Done done = redrive();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.out())
                .contains("Started: analytics.airports, ", "Started: analytics.flights, ", PARENT + ": PARTIAL");
        assertThat(done.err()).contains("Not run again: analytics.delays: ");
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    /** Credentials expire, for example. */
    @Test
    void failureWhileTablesAreUnderWaySaysWhatTakesUpTheRest() {
        failed(Stream.of("delays", "flights"));
        cli.stepFunctions.startsWith(FakeStepFunctions::running).onDescribe(arn -> {
            if (!cli.stepFunctions.inputs.isEmpty()) {
                throw failure("ServiceUnavailable");
            }
        });

        Done done = redrive();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: ", "not now", "no others are started, and the run is not redriven yet")
                .contains("this takes up the rest: fanin redrive --all " + PARENT);
        assertThat(redriven).isEmpty();
    }

    /** With the start time of the old run in its input, a new execution would have an outdated view of what is new. */
    @Test
    void executionInPlaceOfAnOldRunIsOfThisMoment() {
        fixture.report(PARENT, Map.of("flights", TableOutcome.FAILED));
        cli.stepFunctions.put(described(PARENT, "FAILED")
                .executionArn(parentArn(PARENT))
                .error("io.fanin.tablecreator.summary.TablesFailedException")
                .redriveStatus("NOT_REDRIVABLE")
                .input("{\"id\":\"7f\",\"time\":\"2013-01-20T03:00:00Z\",\"databases\":[\"analytics\"]}")
                .build());

        redrive();

        assertThat(cli.stepFunctions.inputs).last().isEqualTo("{\"databases\":[\"analytics\"]}");
    }

    /** Somebody redrives the run in the console of Step Functions while its tables are run again. */
    @Test
    void runThatSomebodyHasRedrivenMeanwhileIsFollowed() {
        failed(Stream.of("flights"));
        cli.stepFunctions.startsWith(name -> {
            cli.stepFunctions.put(described(PARENT, "RUNNING")
                    .executionArn(parentArn(PARENT))
                    .redriveCount(1)
                    .build());
            return succeeded(name, Map.of());
        });
        cli.stepFunctions.onDescribe(arn -> {
            if (arn.equals(parentArn(PARENT)) && looks.merge(arn, 1, Integer::sum) == 5) {
                cli.stepFunctions.put(
                        described(PARENT, "SUCCEEDED").executionArn(arn).build());
            }
        });

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(done.out()).contains("Redriven by somebody else: " + PARENT);
        assertThat(redriven).isEmpty();
    }

    @Test
    void throttledLooksAreRepeated() {
        failed(Stream.of("delays", "flights"));
        cli.stepFunctions.onDescribe(arn -> {
            if (!arn.equals(parentArn(PARENT))
                    && !cli.stepFunctions.inputs.isEmpty()
                    && looks.merge(arn, 1, Integer::sum) % 3 == 2) {
                throw failure("ThrottlingException");
            }
        });
        cli.parameters.put("TableConcurrency", "2");

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(cli.stepFunctions.inputs).containsExactlyInAnyOrder(input("delays"), input("flights"));
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    private static SfnException failure(String code) {
        return (SfnException) SfnException.builder()
                .message("not now")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("not now")
                        .build())
                .build();
    }

    @Test
    void runIsNotRedrivenWhereNoTableWas() {
        failed(Stream.of("delays", "flights"));
        cli.stepFunctions.startsWith(name -> refused());

        Done done = redrive();

        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err())
                .contains("error: 2 tables could not be run again (analytics.delays, analytics.flights), and none was");
        assertThat(redriven).isEmpty();
    }

    @Test
    void noMoreTablesAreUnderWayThanInARun() {
        cli.parameters.put("TableConcurrency", "3");
        failed(IntStream.range(0, 25).mapToObj(i -> "t%02d".formatted(i)));
        executionsEndAtTheThirdLook();

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(cli.stepFunctions.inputs).hasSize(25).doesNotHaveDuplicates();
        assertThat(mostUnderWay).isEqualTo(3);
        assertThat(underWay).isEmpty();
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    @Test
    void stackThatDoesNotSayHowManyHasTheTemplatesNumber() throws IOException {
        failed(IntStream.range(0, 25).mapToObj(i -> "t%02d".formatted(i)));
        executionsEndAtTheThirdLook();

        redrive();

        assertThat(Files.readString(Path.of("../template.yaml")))
                .contains("  TableConcurrency:\n    Type: Number\n    Default: " + mostUnderWay + "\n");
    }

    /** For example after a redrive in the console of Step Functions. */
    @Test
    void tableWhoseExecutionHasSucceededSinceIsNotRunAgain() {
        failed(Stream.of("delays", "flights"));
        cli.stepFunctions.put(described(item(PARENT, "delays", 0).name(), "SUCCEEDED")
                .redriveCount(1)
                .build());

        assertThat(cli.run("redrive", "--all", "--plan", PARENT).lines())
                .first()
                .isEqualTo(PARENT + ": 1 table would be run again.");

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(cli.stepFunctions.inputs).containsExactly(input("flights"));
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    /** An execution may also succeed while its table is partial. */
    @ParameterizedTest
    @CsvSource({"COMPLETE, 0", "PARTIAL, 2"})
    void heldTablesThatWereCompletedSinceAreNotRunAgain(String status, int started) {
        fixture.parent(PARENT);
        fixture.report(PARENT, Map.of("delays", TableOutcome.PARTIAL, "flights", TableOutcome.PARTIAL));
        Stream.of("delays", "flights").forEach(table -> {
            int index = table.equals("delays") ? 0 : 1;
            cli.stepFunctions.put(succeeded(
                            item(PARENT, table, index).name(),
                            Map.of("table", "analytics." + table, "status", status, "registered", 1))
                    .toBuilder()
                    .redriveCount(1)
                    .build());
        });

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(cli.stepFunctions.inputs).hasSize(started);
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    /** An execution of a table with {@code onPartial: succeed} succeeds while the table is partial. */
    @Test
    void partialTableWhoseExecutionsSucceedIsRunAgain() {
        fixture.parent(PARENT);
        fixture.report(
                PARENT,
                Map.of("flights", TableOutcome.PARTIAL),
                result -> result.failedWith("TablePartial", "the table is partial"));
        cli.stepFunctions.put(
                described(item(PARENT, "flights", 0).name(), "SUCCEEDED").build());

        redrive();

        assertThat(cli.stepFunctions.inputs).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"S3AccessException", "States.Timeout"})
    void runThatFailedBeforeItsReportGoesOnWhereItFailed(String error) {
        cli.stepFunctions.put(FakeStepFunctions.failed(PARENT, error, Map.of()).toBuilder()
                .executionArn(parentArn(PARENT))
                .stateMachineArn(FakeStepFunctions.MACHINE + "-all")
                .redriveStatus("REDRIVABLE")
                .build());

        Done plan = cli.run("redrive", "--all", "--plan", PARENT);

        assertThat(plan.lines()).containsExactly(PARENT + ": 0 tables would be run again.");
        assertThat(plan.err()).contains("failed before its report: a redrive goes on where it failed");

        Done done = redrive();

        assertThat(done.err()).isEmpty();
        assertThat(done.out()).contains("Redriven: " + PARENT);
        assertThat(redriven).containsExactly(parentArn(PARENT));
    }

    @Test
    void runWhoseTablesAreAllCompleteIsNotRedriven() {
        cli.stepFunctions.put(
                described(PARENT, "SUCCEEDED").executionArn(parentArn(PARENT)).build());
        fixture.report(PARENT, Map.of("flights", TableOutcome.COMPLETE));

        Done done = redrive();

        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains("Nothing to redrive: all tables of " + PARENT + " are complete.");
        assertThat(redriven).isEmpty();
    }

    private void failed(Stream<String> tables) {
        fixture.parent(PARENT);
        fixture.report(PARENT, tables.collect(Collectors.toMap(table -> table, table -> TableOutcome.FAILED)));
    }

    private void executionsEndAtTheThirdLook() {
        cli.stepFunctions
                .startsWith(name -> {
                    underWay.add(FakeStepFunctions.arn(name));
                    mostUnderWay = Math.max(mostUnderWay, underWay.size());
                    return running(name);
                })
                .onDescribe(arn -> {
                    if (underWay.contains(arn) && looks.merge(arn, 1, Integer::sum) == 3) {
                        underWay.remove(arn);
                        cli.stepFunctions.put(succeeded(arn.substring(arn.lastIndexOf(':') + 1), Map.of()));
                    }
                });
    }

    private Done redrive() {
        return cli.run("redrive", "--all", PARENT);
    }

    private static String input(String table) {
        return Json.text(item(PARENT, table, 0).input());
    }

    private static DescribeExecutionResponse refused() {
        throw SfnException.builder()
                .message("not now")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ThrottlingException")
                        .errorMessage("not now")
                        .build())
                .build();
    }
}
