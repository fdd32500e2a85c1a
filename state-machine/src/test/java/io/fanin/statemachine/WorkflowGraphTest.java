package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.model.cost.StateTransitions;
import io.fanin.model.run.NextStep;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowGraphTest {

    static Stream<Workflow> workflows() {
        return Definition.committed().workflow().all();
    }

    @Test
    void theMapsIterationsAreWorkflowsToo() {
        assertThat(workflows())
                .extracting(Workflow::name)
                .containsExactly("state machine", "Fan out over partitions", "Fan out over Glue jobs");
    }

    static Stream<Definition> definitions() {
        return Definition.all();
    }

    /** Step Functions refuses a definition with two states of the same name, even in different iterations. */
    @ParameterizedTest
    @MethodSource("definitions")
    void namesOfStatesAreUniqueInAWholeDefinition(Definition definition) {
        assertThat(definition.workflow().all().flatMap(workflow -> workflow.states().keySet().stream()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyTargetExists(Workflow workflow) {
        assertThat(workflow.states()).containsKey(workflow.startAt());
        assertThat(workflow.states().keySet())
                .allSatisfy(state -> assertThat(workflow.successors(state))
                        .as("targets of '%s'", state)
                        .isSubsetOf(workflow.states().keySet()));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyStateIsReachable(Workflow workflow) {
        assertThat(workflow.reachableFrom(workflow.startAt()))
                .containsExactlyInAnyOrderElementsOf(workflow.states().keySet());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyStateLeadsToAnEnd(Workflow workflow) {
        assertThat(workflow.states().keySet())
                .allSatisfy(state -> assertThat(workflow.reachableFrom(state))
                        .as("states after '%s'", state)
                        .anyMatch(workflow::isEnd));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void noStateBothEndsAndGoesOn(Workflow workflow) {
        assertThat(workflow.states().keySet())
                .allSatisfy(state -> assertThat(workflow.isEnd(state))
                        .as("'%s' ends", state)
                        .isEqualTo(workflow.state(state).path("Next").isMissingNode()
                                && workflow.state(state).path("Choices").isMissingNode()));
    }

    /** A schedule that coincides with a long run is no reason for an alarm: that run does the work. */
    @Test
    void aRunThatFindsItsTableBusySucceeds() {
        Workflow workflow = Definition.committed().workflow();

        assertThat(workflow.state("Table is busy").path("Type").textValue()).isEqualTo("Succeed");
        assertThat(workflow.reachableFrom("Table is busy")).containsExactly("Table is busy");
    }

    /** Each state of an execution is billed, as is the start of each child of a Map. */
    @Test
    void aRunEntersAsManyStatesAsEstimated() {
        Workflow workflow = Definition.committed().workflow();
        long around = Stream.of(
                        "Detect new partitions", "Anything to process?", "Create table", "Table complete?", "Complete")
                .peek(workflow::state)
                .count();
        Workflow jobs = workflow.inner("Fan out over Glue jobs");

        assertThat(StateTransitions.estimate(NextStep.PROCESS, false, 7)).isEqualTo(around + 1 + 2 * 7);
        assertThat(StateTransitions.estimate(NextStep.PROCESS, true, 7)).isEqualTo(around + 3 + 2 * 7);
        assertThat(StateTransitions.estimate(NextStep.PROCESS_BY_JOB, false, 7))
                .isEqualTo(around
                        + 1
                        + 7L
                                * (1
                                        + jobs.states().size()
                                        - jobs.reachableFrom("Known error of job?")
                                                .size()));
    }

    @Test
    void aRedriveEntersAsManyStatesAsEstimated() {
        Workflow workflow = Definition.committed().workflow();
        long around = 1
                + Stream.of(
                                "Hold until redriven",
                                "Anything to process?",
                                "Create table",
                                "Table complete?",
                                "Complete")
                        .peek(workflow::state)
                        .count();

        assertThat(StateTransitions.ofRedrive(NextStep.PROCESS, 0)).isEqualTo(around);
        assertThat(StateTransitions.ofRedrive(NextStep.PROCESS, 7)).isEqualTo(around + 1 + 2 * 7);
        assertThat(StateTransitions.ofRedrive(NextStep.PROCESS_BY_JOB, 7)).isEqualTo(around + 1 + 5 * 7);
    }

    /** Any state before it would also be billed for specs that need no check. */
    @Test
    void onlyTheChoiceLeadsToTheCheck() {
        Workflow workflow = Definition.committed().workflow();

        assertThat(workflow.states().keySet())
                .filteredOn(state -> workflow.successors(state).contains("Check processing"))
                .containsExactly("Anything to process?");
        assertThat(workflow.successors("Anything to process?")).contains("Fan out over partitions");
    }

    @Test
    void aRedrivenRunReturnsToTheMap() {
        Workflow workflow = Definition.committed().workflow();

        assertThat(workflow.reachableFrom("Hold until redriven"))
                .contains("Fan out over partitions", "Fan out over Glue jobs");
        assertThat(workflow.successors("Hold until redriven")).containsExactly("Anything to process?");
    }
}
