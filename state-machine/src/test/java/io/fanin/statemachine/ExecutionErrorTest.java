package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.answer.ExecutionError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The state machines name only existing exception classes, and let the intended ones end an execution. */
class ExecutionErrorTest {

    private static final String OURS = "io.fanin.";

    static List<Definition> definitions() {
        return Definition.all().toList();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theMachinesNameOnlyClassesThatThereAre(Definition definition) {
        assertThat(named(definition, "ErrorEquals"))
                .filteredOn(name -> name.startsWith(OURS))
                .isNotEmpty()
                .allSatisfy(name -> assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException());
    }

    /** A Retry or a Catch would keep the execution from failing, and only a failed execution can be redriven. */
    @ParameterizedTest
    @MethodSource("definitions")
    void theMachinesLetTheseErrorsEndTheExecution(Definition definition) {
        Set<String> errors =
                ExecutionError.onPurpose().map(ExecutionError::className).collect(Collectors.toSet());

        assertThat(named(definition, "ErrorEquals")).doesNotContainAnyElementsOf(errors);
    }

    private static Set<String> named(Definition definition, String field) {
        return definition
                .workflow()
                .all()
                .flatMap(workflow -> workflow.states().values().stream())
                .flatMap(state -> Stream.of("Retry", "Catch")
                        .flatMap(rules -> state.path(rules).valueStream()))
                .flatMap(rule -> rule.path(field).valueStream())
                .map(JsonNode::textValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
