package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkflowGraphTest {

    static Stream<Workflow> workflows() {
        return Definition.committed().workflow().all();
    }

    @Test
    void theMapsIterationIsAWorkflowToo() {
        assertThat(workflows()).extracting(Workflow::name).containsExactly("state machine", "Fan out over partitions");
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

    /** A schedule that meets a long run is no reason for an alarm: that run does the work. */
    @Test
    void aRunThatFindsItsTableBusySucceeds() {
        Workflow workflow = Definition.committed().workflow();

        assertThat(workflow.state("Table is busy").path("Type").textValue()).isEqualTo("Succeed");
        assertThat(workflow.reachableFrom("Table is busy")).containsExactly("Table is busy");
    }

    @Test
    void aHeldRunGoesBackToTheMapWhenItIsRedriven() {
        Workflow workflow = Definition.committed().workflow();

        assertThat(workflow.reachableFrom("Hold until redriven")).contains("Fan out over partitions");
        assertThat(workflow.successors("Hold until redriven")).containsExactly("Anything to process?");
    }
}
