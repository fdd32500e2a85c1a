package io.fanin.statemachine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpreterTest {

    private static final String MAP = "{'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ResultPath':'$.out',"
            + "'ItemReader':{'Parameters':{'Bucket':'b','Key.$':'$.key'}},"
            + "'ItemSelector':{'n.$':'$$.Map.Item.Value'},"
            + "'ItemProcessor':{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'f','End':true}}}}}}";

    private final List<String> invoked = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<JsonNode> remains = new ArrayList<>();
    private final TaskRunner tasks = new TaskRunner() {
        @Override
        public JsonNode invoke(String resource, JsonNode input) {
            invoked.add(input.toString());
            if (failures.isEmpty() || failures.getFirst().isEmpty()) {
                failures.stream().findFirst().ifPresent(failures::remove);
                return json("{'ok':true}");
            }
            throw new StateError(failures.removeFirst(), "as it was told");
        }

        @Override
        public List<JsonNode> items(String bucket, String key) {
            return List.of(json("1"), json("2"), json("3"));
        }

        @Override
        public boolean losesItem() {
            return false;
        }

        @Override
        public Optional<JsonNode> remains(StateError error) {
            return remains.stream().findFirst();
        }

        @Override
        public void checkpoint() {}
    };

    @Test
    void featuresThatItDoesNotKnowAreRefused() {
        assertThatThrownBy(() -> interpreter("{'StartAt':'W','States':{'W':{'Type':'Parallel','End':true}}}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> interpreter(
                        "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'f','Assign':{},'End':true}}}"))
                .hasMessageContaining("Assign");
    }

    @Test
    void taskIsRetriedUnderTheNamesThatItsRetriersList() {
        Interpreter interpreter = interpreter("{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'f','End':true,"
                + "'Retry':[{'ErrorEquals':['A'],'MaxAttempts':2}]}}}");
        failures.addAll(List.of("A", "A"));

        assertThat(run(interpreter, "{}")).isEqualTo(json("{'ok':true}"));

        failures.addAll(List.of("A", "A", "A"));
        assertThatThrownBy(() -> run(interpreter, "{}")).isInstanceOf(StateError.class);
        failures.add("B");
        assertThatThrownBy(() -> run(interpreter, "{}")).hasMessage("B: as it was told");
        assertThat(invoked).hasSize(3 + 3 + 1);
    }

    @Test
    void everythingIsCaughtButWhatTheRuntimeRefuses() {
        Interpreter interpreter = interpreter("{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'f','End':true,"
                + "'Catch':[{'ErrorEquals':['States.ALL'],'ResultPath':'$.error','Next':'P'}]},"
                + "'P':{'Type':'Pass','Parameters':{'x.$':'$.a','e.$':'$.error.Error'},'End':true}}}");
        failures.add("Any");

        assertThat(run(interpreter, "{'a':1}")).isEqualTo(json("{'x':1,'e':'Any'}"));

        failures.add("States.Runtime");
        assertThatThrownBy(() -> run(interpreter, "{'a':1}")).isInstanceOf(StateError.class);
    }

    @Test
    void resultIsPutBesideTheInput() {
        Interpreter interpreter = interpreter(
                "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'f','End':true," + "'ResultPath':'$.a.b'}}}");

        assertThat(run(interpreter, "{'a':{'c':1}}")).isEqualTo(json("{'a':{'c':1,'b':{'ok':true}}}"));
    }

    @Test
    void redrivenMapRunsTheItemsAgainThatFailed() {
        Interpreter interpreter = interpreter(MAP);
        Position position = new Position("M", json("{'key':'k'}"));
        failures.addAll(List.of("", "Broken", ""));

        assertThatThrownBy(() -> interpreter.run(position, context()))
                .isInstanceOf(StateError.class)
                .hasMessageContaining("threshold");
        assertThat(interpreter.run(position, context()).path("out")).hasSize(3);

        assertThat(invoked).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":2}");
    }

    @ParameterizedTest
    @CsvSource({"33, false", "34, true", "100, true"})
    void mapFailsWhereMoreItemsFailThanItTolerates(String percentage, boolean isTolerated) {
        Interpreter interpreter = interpreter(tolerating(percentage));
        failures.addAll(List.of("", "Broken", ""));
        ThrowingCallable map = () -> interpreter.run(new Position("M", json("{'key':'k'}")), context());

        if (isTolerated) {
            assertThatCode(map).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(map).hasMessageContaining("States.ExceedToleratedFailureThreshold");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | [{'ok':true},{'ok':true}]",
                "null | [{'ok':true},null,{'ok':true}]",
                "{'Error':'Broken'} | [{'ok':true},{'Error':'Broken'},{'ok':true}]"
            })
    void toleratedFailureLeavesWhatTheEngineLeaves(String left, String output) {
        failures.addAll(List.of("", "Broken", ""));
        if (left != null) {
            remains.add(json(left));
        }

        assertThat(run(interpreter(tolerating("100")), "{'key':'k'}").path("out"))
                .isEqualTo(json(output));
    }

    @Test
    void emulatorToleratesEachFailure() {
        failures.addAll(List.of("", "Broken", ""));
        remains.add(json("null"));

        JsonNode output = interpreter(MAP).run(new Position("M", json("{'key':'k'}"), true), context());

        assertThat(output.path("out")).isEqualTo(json("[{'ok':true},null,{'ok':true}]"));
    }

    private static String tolerating(String percentage) {
        return MAP.replace("'Type':'Map',", "'Type':'Map','ToleratedFailurePercentage':" + percentage + ",");
    }

    private Interpreter interpreter(String definition) {
        return new Interpreter(json(definition), tasks);
    }

    private static JsonNode run(Interpreter interpreter, String input) {
        return interpreter.run(new Position(interpreter.startAt(), json(input)), context());
    }

    private static ObjectNode context() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode json(String text) {
        try {
            return Json.documents().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
