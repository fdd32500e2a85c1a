package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.alltables.TableItem;
import io.fanin.core.answer.DetectorAnswer;
import io.fanin.core.answer.GateAnswer;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.answer.TablesAnswer;
import io.fanin.core.answer.TablesSummary;
import io.fanin.processor.job.JobEnd;
import io.fanin.processor.job.JobStart;
import io.fanin.tablecreator.summary.TableReceipt;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every JSONPath that reads an answer names a field of the type that the function writes. */
class AnswerPathsTest {

    /** Tasks whose answer replaces the state's data, and the answer. */
    private static final Map<String, Class<?>> ANSWERS = Map.of(
            "Detect new partitions", DetectorAnswer.class,
            "Hold until redriven", GateAnswer.class,
            "Create table", TableCreatorAnswer.class,
            "Detect tables", TablesAnswer.class,
            "Sum up", TablesSummary.class);

    @Test
    void pathsOfTheMachineOfATableNameFieldsOfTheAnswers() {
        requirePathsToBeFields(Definition.committed().workflow());
    }

    @Test
    void pathsOfTheMachineOfAllTablesNameFieldsOfTheAnswers() {
        requirePathsToBeFields(Definition.ofAllTables().workflow());
    }

    private static void requirePathsToBeFields(Workflow workflow) {
        workflow.states().forEach((name, state) -> {
            boolean replaces = state.path("Type").textValue().equals("Task") && !state.has("ResultPath");
            assertThat(replaces).as("whether '%s' replaces the data", name).isEqualTo(ANSWERS.containsKey(name));
            if (replaces) {
                requirePathsToBeFields(workflow, name, ANSWERS.get(name));
            }
        });
    }

    private static void requirePathsToBeFields(Workflow workflow, String producer, Class<?> answer) {
        for (String reader : reached(workflow, producer, Optional.empty())) {
            paths(workflow.state(reader)).stream()
                    .filter(path -> !isField(path, answer))
                    .forEach(path -> assertThat(reached(workflow, producer, Optional.of(path)))
                            .as("'%s', which '%s' reads and %s lacks", path, reader, answer.getSimpleName())
                            .doesNotContain(reader));
        }
    }

    /**
     * The states that receive an answer as their data, up to those that replace it.
     *
     * @param lacking a field that the answer lacks: states that add it as their result end the search
     */
    private static Set<String> reached(Workflow workflow, String producer, Optional<String> lacking) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(workflow.successors(producer));
        while (!open.isEmpty()) {
            String state = open.pop();
            String added = workflow.state(state).path("ResultPath").asText();
            if (reached.add(state)
                    && !ANSWERS.containsKey(state)
                    && lacking.filter(field -> added.equals("$." + field)).isEmpty()) {
                open.addAll(workflow.successors(state));
            }
        }
        return reached;
    }

    @Test
    void theOutputOfATableIsReadByFieldsOfItsAnswers() {
        Workflow tables = Definition.ofAllTables().workflow().inner("Fan out over tables");

        assertThat(paths(tables.state("How did it end?")))
                .filteredOn(path -> path.startsWith("end.Output."))
                .isNotEmpty()
                .allMatch(path -> Stream.of(DetectorAnswer.class, TableCreatorAnswer.class)
                        .anyMatch(answer -> isField(path.substring("end.Output.".length()), answer)));
    }

    @Test
    void anItemOfTheTablesIsReadByItsFields() {
        Workflow tables = Definition.ofAllTables().workflow().inner("Fan out over tables");

        assertThat(tables.states().values().stream()
                        .flatMap(state -> paths(state).stream())
                        .filter(path -> path.startsWith("table.")))
                .isNotEmpty()
                .allMatch(path -> isField(path.substring("table.".length()), TableItem.class));
    }

    @Test
    void theReceiptsOfTablesSayWhatTheSummaryKnows() {
        List<ObjectNode> receipts =
                Definition.ofAllTables().workflow().inner("Fan out over tables").ofType("Pass").values().stream()
                        .map(state -> (ObjectNode) state.get("Parameters"))
                        .toList();

        assertThat(receipts)
                .allSatisfy(receipt -> receipt.fieldNames()
                        .forEachRemaining(field -> assertThat(isField(field.replace(".$", ""), TableReceipt.class))
                                .as(field)
                                .isTrue()));
        assertThat(receipts.stream().map(receipt -> receipt.get("end").textValue()))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TableReceipt.End.values())
                        .map(TableReceipt.End::name)
                        .toList());
    }

    @Test
    void theJobsStartIsReadByItsFields() {
        Workflow jobs = Definition.committed().workflow().inner("Fan out over Glue jobs");

        assertThat(Stream.of("Anything for the job?", "Run Glue job")
                        .flatMap(state -> paths(jobs.state(state)).stream())
                        .filter(path -> path.startsWith("glue.") && !path.equals("glue.outcome")))
                .isNotEmpty()
                .allMatch(path -> isField(path.substring("glue.".length()), JobStart.class));
        assertThat(jobs.state("Run Glue job").get("ResultPath").textValue()).isEqualTo("$.glue.outcome");
        assertThat(isField("job", JobStart.class) && isField("job", JobEnd.class))
                .isTrue();
        assertThat(isField("outcome", JobEnd.class)).isTrue();
    }

    /** The paths that a state reads from its data; a Map's iteration has data of its own. */
    private static Set<String> paths(JsonNode state) {
        ObjectNode own = state.deepCopy();
        own.remove(List.of("ItemProcessor", "ResultPath"));
        Set<String> paths = new TreeSet<>();
        texts(own)
                .filter(text -> text.startsWith("$."))
                .map(text -> text.substring("$.".length()))
                .forEach(paths::add);
        return paths;
    }

    private static Stream<String> texts(JsonNode json) {
        return json.isContainerNode()
                ? json.valueStream().flatMap(AnswerPathsTest::texts)
                : Stream.of(json).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static boolean isField(String path, Class<?> type) {
        int dot = path.indexOf('.');
        Optional<Type> field = Optional.ofNullable(fields(type).get(dot < 0 ? path : path.substring(0, dot)));
        return dot < 0 ? field.isPresent() : field.isPresent() && isField(path.substring(dot + 1), raw(field.get()));
    }

    /** The fields of a record in JSON, and their types. */
    private static Map<String, Type> fields(Class<?> type) {
        Stream<Map.Entry<String, Type>> components = Optional.ofNullable(type.getRecordComponents()).stream()
                .flatMap(Arrays::stream)
                .flatMap(AnswerPathsTest::fields);
        Stream<Map.Entry<String, Type>> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(JsonProperty.class))
                .map(method -> Map.entry(method.getName(), method.getGenericReturnType()));
        return Stream.concat(components, methods)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));
    }

    private static Stream<Map.Entry<String, Type>> fields(RecordComponent component) {
        Method accessor = component.getAccessor();
        return accessor.isAnnotationPresent(JsonUnwrapped.class)
                ? fields(component.getType()).entrySet().stream()
                : Stream.of(Map.entry(component.getName(), component.getGenericType()));
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType optional ? raw(optional.getActualTypeArguments()[0]) : (Class<?>) type;
    }
}
