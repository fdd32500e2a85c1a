package io.fanin.statemachine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A failing processor: its partition fails with a reason, and the others are registered. */
@ExtendWith(Platform.class)
@Order(Platform.MINUTES_OF_WAITING)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessorFailureIT {

    /** Long enough for a JVM to start, beside those of another class's tests. */
    private static final int TIMEOUT_SECONDS = 45;

    private static final List<String> SOUND = List.of("sound-1", "sound-2");

    private final Pipeline pipeline;
    private TestMachine machine;

    ProcessorFailureIT(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @BeforeAll
    void aMachineWithAMisbehavingProcessor() {
        machine = TestMachine.withProcessor(pipeline, MisbehavingProcessor.class, TIMEOUT_SECONDS);
    }

    @AfterAll
    void deleteTheMachine() {
        machine.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "times-out, Sandbox.Timedout",
        "exits, Runtime.ExitError",
        "crashes, Runtime.ExitError",
        "throws, java.lang.IllegalStateException",
        "throws-after-its-result, java.lang.IllegalStateException",
        "answers-null, ''",
        "answers-nonsense, ''",
        "answers-ok-without-a-result, ''",
    })
    void itsPartitionAloneFails(String behaviour, String error) {
        TestLake.Table table = pipeline.newTable();
        SOUND.forEach(value -> table.with("what=" + value + "/part-0.json", Content.json()));
        table.with("what=" + behaviour + "/part-0.json", Content.json());

        Finished run = machine.executions().run(spec(table));

        assertThat(run.error()).as(run.toString()).isEqualTo("io.fanin.tablecreator.TablePartialException");
        assertThat(run.message()).contains("what=" + behaviour);
        assertThat(pipeline.catalog().values(table)).containsExactlyInAnyOrder(List.of("sound-1"), List.of("sound-2"));
        JsonNode failures = pipeline.state().report(run.name()).path("failures");
        assertThat(partitions(failures)).containsExactly("what=" + behaviour);
        assertThat(failures.at("/0/error").asText()).isNotBlank().startsWith(error);
        assertThat(failures.at("/0/message").asText()).isNotBlank();
    }

    private static List<String> partitions(JsonNode failures) {
        return StreamSupport.stream(failures.spliterator(), false)
                .map(failure -> failure.path("partition").asText())
                .toList();
    }

    private static ObjectNode spec(TestLake.Table table) {
        ObjectNode spec = table.spec();
        spec.set("partitionKeys", TestLake.Table.columns("what", "string"));
        return spec;
    }
}
