package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.DEFINITION;
import static io.fanin.tablecreator.RunFixture.FLIGHTS;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.core.answer.TableCreatorAnswer;
import io.fanin.core.retry.Backoff;
import io.fanin.fakes.Fault;
import io.fanin.model.json.Json;
import io.fanin.model.run.TableStatus;
import io.fanin.model.spec.ResolvedSpec;
import io.fanin.model.spec.Specs;
import io.fanin.model.spec.processor.ProcessorSpec;
import io.fanin.tablecreator.events.Announcer;
import io.fanin.tablecreator.events.EventBus;
import io.fanin.tablecreator.events.NotificationFailedException;
import io.fanin.tablecreator.lineage.LineageEvents;
import io.fanin.tablecreator.notices.Notices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events as the run events of OpenLineage, and how they are delivered. */
class OpenLineageTest {

    /**
     * Each an event and its run event, to which the Python package is held, too. {@code -Dfanin.docs=write} writes
     * them.
     */
    private static final Path EXAMPLES = Path.of("..", "integrations", "python", "tests", "openlineage");

    private final RunFixture fixture = new RunFixture();
    private final EventBus bus = new EventBus(() -> fixture.aws.events().client(), "default", new Backoff(time -> {}));
    private final Announcements announcements = fixture.announcements(
            new Announcer(List.of(bus, new LineageEvents(bus, fixture.clock))), Notices.NONE, fixture.figures);

    /** Each end of a run. */
    enum Example {
        COMPLETE,
        PARTIAL,
        HEALED,
        CONVERTED,
        FAILED,
        FAILED_AFTER_A_PASS,
        ABORTED;

        private Path file() {
            return EXAMPLES.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json");
        }
    }

    /** The example's events are sent last. */
    private void happen(Example example) {
        switch (example) {
            case COMPLETE -> fixture.pass(RUN, 0, hours(3)).registerAndTell(announcements);
            case PARTIAL -> fixture.pass(RUN, 0, hours(3)).failing(1, 2).registerAndTell(announcements);
            case HEALED -> {
                happen(Example.PARTIAL);
                fixture.pass(RUN, 1, hour(1), hour(2)).registerAndTell(announcements);
            }
            case CONVERTED -> {
                Pass pass = fixture.pass(RUN, 0, hours(1));
                fixture.writeSpec(RUN, converted());
                pass.registerAndTell(announcements);
            }
            case FAILED -> {
                fixture.writeSpec(RUN, converted());
                ended("FAILED", "io.fanin.core.catalog.CatalogException");
            }
            case FAILED_AFTER_A_PASS -> {
                happen(Example.PARTIAL);
                ended("TIMED_OUT", null);
            }
            case ABORTED ->
                // Whoever stops an execution may say why, in words of their own.
                announcements.ended(Ends.read(Ends.end("ABORTED", "Operator", 1)
                        .put("cause", "the spec is wrong")
                        .put("input", "{\"database\":\"analytics\",\"table\":\"flights\"}")));
        }
    }

    private static ResolvedSpec converted() {
        return Specs.of(
                        FLIGHTS,
                        Map.of(
                                "source",
                                Map.of("location", "s3://landing/raw/flights/"),
                                "processor",
                                ProcessorSpec.Convert.DEFAULT))
                .resolved(DEFINITION);
    }

    private void ended(String status, String error) {
        announcements.ended(Ends.ended(status, error, 1));
    }

    @ParameterizedTest
    @EnumSource
    void runEventOfEachEndIsThatOfTheExample(Example example) throws IOException {
        happen(example);

        List<ObjectNode> sent = fixture.sent.runEvents().toList();
        ObjectNode event = sent.get(sent.size() - 2);
        ObjectNode lineage = sent.getLast();
        assertThat(lineage.path("DetailType").textValue()).isEqualTo("OpenLineage");
        assertThat(lineage.path("Resources")).isEqualTo(event.path("Resources"));
        ObjectNode both = Json.documents().createObjectNode();
        both.putObject("event")
                .<ObjectNode>setAll((ObjectNode) json("{\"source\": \"partition-fan-in\"}"))
                .put("detail-type", event.path("DetailType").textValue())
                .put("time", fixture.clock.instant().toString())
                .<ObjectNode>set("resources", event.path("Resources"))
                .set("detail", detail(event));
        both.set("runEvent", detail(lineage));
        if ("write".equals(System.getProperty("fanin.docs"))) {
            Files.createDirectories(EXAMPLES);
            Files.writeString(
                    example.file(),
                    Json.documents().writerWithDefaultPrettyPrinter().writeValueAsString(both) + "\n");
        }
        assertThat(both).isEqualTo(json(Files.readString(example.file())));
    }

    private static JsonNode detail(ObjectNode event) {
        return json(event.path("Detail").textValue());
    }

    private List<JsonNode> lineage() {
        return fixture.sent
                .runEvents()
                .filter(event -> event.path("DetailType").textValue().equals(LineageEvents.DETAIL_TYPE))
                .map(OpenLineageTest::detail)
                .toList();
    }

    @Test
    void eachEventIsSentOnce() {
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass.registerAndTell(announcements);

        pass.registerAndTell(announcements);
        ended("FAILED", Ends.HELD);

        assertThat(fixture.sent.types()).containsExactly("Table Partial", LineageEvents.DETAIL_TYPE);
    }

    @Test
    void duplicatesAndOnlyTheyHaveTheSameRun() {
        fixture.aws
                .faults()
                .on("PutObject")
                .where(call -> call.target().contains("/told/"))
                .thenFail(403, "AccessDenied", "no");
        Pass pass = fixture.pass(RUN, 0, hours(3)).failing(1);
        pass.registerAndTell(announcements);
        pass.registerAndTell(announcements);
        fixture.aws.faults().clear();
        fixture.pass(RUN, 1, hour(1)).registerAndTell(announcements);

        List<String> runs =
                lineage().stream().map(one -> one.at("/run/runId").textValue()).toList();
        assertThat(runs).hasSize(3);
        assertThat(runs.get(1)).isEqualTo(runs.getFirst()).isNotEqualTo(runs.getLast());
    }

    @Test
    void eventThatTheBusRefusesIsSentWhenTheExecutionEnds() {
        fixture.aws
                .faults()
                .on("PutEvents")
                .thenFailEntries(
                        entry -> entry.toString().contains(LineageEvents.DETAIL_TYPE),
                        new Fault.Fail(500, "InternalFailure", "not today"));
        TableCreatorAnswer answer = fixture.pass(RUN, 0, hours(3)).registerAndTell(announcements);

        assertThat(answer.status()).isEqualTo(TableStatus.COMPLETE);
        assertThat(fixture.sent.types()).containsExactly("Table Complete");
        assertThatThrownBy(() -> ended("SUCCEEDED", null))
                .isExactlyInstanceOf(NotificationFailedException.class)
                .hasMessageContaining("openlineage nightly-1/0/complete");
        fixture.aws.faults().clear();
        ended("SUCCEEDED", null);
        assertThat(fixture.sent.types()).containsExactly("Table Complete", LineageEvents.DETAIL_TYPE);
    }

    @Test
    void runWhoseTableIsNotKnownHasNoRunEvent() {
        ended("FAILED", "io.fanin.model.spec.SpecException");

        assertThat(fixture.sent.types()).containsExactly("Run Failed");
    }
}
