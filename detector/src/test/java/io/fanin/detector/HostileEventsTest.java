package io.fanin.detector;

import static io.fanin.detector.ObjectEventsFixture.EVENTS;
import static io.fanin.detector.ObjectEventsFixture.H8;
import static io.fanin.detector.ObjectEventsFixture.H9;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.detector.events.Events;
import io.fanin.model.json.HostileJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any content of a message or a spec affects no other messages or tables. */
class HostileEventsTest {

    private static final long SEED = 20261122;

    private static final String NOTIFICATION = Events.notification("lake", "flights/" + H9 + "a.json");

    static final List<String> BODIES = List.of(
            NOTIFICATION,
            Events.throughTopic(NOTIFICATION),
            Events.TEST_EVENT,
            Events.busEvent("Object Created", "lake", "legs/2026-11-20/x-8/a.json"));

    private final ObjectEventsFixture function = new ObjectEventsFixture();

    @ParameterizedTest
    @FieldSource("BODIES")
    void whateverAMessageSaysTheNextIsTaken(String body) {
        function.spec("flights", EVENTS);
        function.specAt("legs", "s3://lake/legs/", EVENTS + ", 'layout': '${dt}/x-${hour}'");
        JsonNode json = DetectorFixture.json(body);
        List<String> bodies = new ArrayList<>();
        for (String place : HostileJson.places(json)) {
            for (String value : HostileJson.VALUES) {
                bodies.add(HostileJson.with(json, place, value));
            }
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            bodies.add(HostileJson.mutated(json, random));
        }
        bodies.add(null);
        bodies.add(Events.notification("lake", "flights/" + H8 + "a.json"));

        List<String> refused = function.refused(bodies);

        assertThat(refused).doesNotContain("id-" + (bodies.size() - 1)).contains("id-" + (bodies.size() - 2));
        assertThat(function.prefixes("flights")).contains("flights/" + H8);
    }

    /** Each folder above a name is looked for: a name of a megabyte of slashes has too many. */
    @Test
    void nameThatS3CannotHaveIsRefused() {
        function.spec("flights", EVENTS);

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "/".repeat(1_000_000)),
                        Events.notification("lake", "flights/" + H8 + "ä".repeat(510)),
                        Events.notification("lake", "flights/" + H8 + "a".repeat(990))))
                .containsExactlyInAnyOrder("id-0", "id-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", 'processor': {'type': 'convert', 'maxBadRecords': 1e400}, 'source': {'location': 's3://lake/hostile/'}",
                ", 'layout': '${dt}${hour}'",
                ", 'csv': {'delimiter': '1e400'}"
            })
    void whateverASpecSaysTheOtherTableGetsItsEvents(String more) {
        function.spec("flights", EVENTS);
        function.spec("hostile", EVENTS + more);

        assertThat(function.refused(
                        Events.notification("lake", "flights/" + H8 + "a.json"),
                        Events.notification("lake", "hostile/" + H8 + "a.json")))
                .containsExactly("id-1");
        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8);
    }

    @Test
    void specsOfAnyContentKeepNoEventFromOtherTables() {
        JsonNode spec = DetectorFixture.json(ObjectEventsFixture.complete(
                "analytics", "hostile", "s3://lake/hostile/", EVENTS + ", 'layout': '${dt}/${hour}'"));
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            function.fixture.aws.s3().put("landing", "specs/h" + i + ".json", HostileJson.mutated(spec, random));
        }
        function.spec("flights", EVENTS);

        assertThat(function.refused(Events.notification("lake", "flights/" + H8 + "a.json")))
                .isEmpty();
        assertThat(function.prefixes("flights")).containsExactly("flights/" + H8);
    }
}
