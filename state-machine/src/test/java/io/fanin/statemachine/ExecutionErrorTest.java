package io.fanin.statemachine;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import io.fanin.core.answer.ExecutionError;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors with which executions end on purpose are classes, and the machines know no name of a class that there is not. */
class ExecutionErrorTest {

    private static final String OURS = "io.fanin.";

    @ParameterizedTest
    @EnumSource(ExecutionError.class)
    void anErrorIsATopLevelExceptionOfTheTableCreator(ExecutionError error) {
        JavaClass exception = ProjectClasses.CLASSES.get(error.className());

        assertThat(exception.isAssignableTo(RuntimeException.class)).isTrue();
        assertThat(exception.getModifiers()).contains(PUBLIC).doesNotContain(ABSTRACT);
        assertThat(exception.isTopLevelClass()).isTrue();
    }

    /** By its words, such an exception says that something is partial or busy. */
    @Test
    void noneIsMissing() {
        assertThat(ProjectClasses.CLASSES.stream()
                        .map(JavaClass::getName)
                        .filter(name -> name.matches("io\\.fanin\\..*(Partial|Busy)Exception")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExecutionError.values())
                        .map(ExecutionError::className)
                        .toList());
    }

    static List<Definition> definitions() {
        return Definition.all().toList();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void theMachinesNameOnlyClassesThatThereAre(Definition definition) {
        assertThat(named(definition, "ErrorEquals"))
                .filteredOn(name -> name.startsWith(OURS))
                .isNotEmpty()
                .allMatch(name -> ProjectClasses.CLASSES.contain(name));
    }

    /** A retrier or a Catch would keep the execution from failing, and only a failed one can be redriven. */
    @ParameterizedTest
    @MethodSource("definitions")
    void theMachinesLetTheseErrorsEndTheExecution(Definition definition) {
        Set<String> errors = Arrays.stream(ExecutionError.values())
                .map(ExecutionError::className)
                .collect(Collectors.toSet());

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
