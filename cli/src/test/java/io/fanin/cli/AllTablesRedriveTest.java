package io.fanin.cli;

import static io.fanin.cli.AllTablesFixture.item;
import static io.fanin.cli.AllTablesFixture.parentArn;
import static io.fanin.cli.FakeStepFunctions.described;
import static io.fanin.cli.FakeStepFunctions.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.cli.CliFixture.Done;
import io.fanin.core.alltables.TableOutcome;
import io.fanin.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Redrives of runs of all tables of which many tables are unfinished. */
class AllTablesRedriveTest {

    /** As EventBridge names what it starts. */
    private static final String PARENT = "0f6c0c3e-5a0e-7b1c-2d3e-4f5a6b7c8d9e_2d3e4f5a-6b7c-8d9e-0f1a-2b3c4d5e6f70";

    private final AllTablesFixture fixture = new AllTablesFixture();
    private final CliFixture cli = fixture.cli;
    private final List<String> redriven = new ArrayList<>();

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

    private void failed(Stream<String> tables) {
        fixture.parent(PARENT);
        fixture.report(PARENT, tables.collect(Collectors.toMap(table -> table, table -> TableOutcome.FAILED)));
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
