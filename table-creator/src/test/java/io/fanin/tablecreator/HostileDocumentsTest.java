package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.LATER_RUN;
import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanin.core.catalog.CatalogException;
import io.fanin.model.failure.FailureCode;
import io.fanin.model.json.HostileJson;
import io.fanin.model.json.Json;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Failure;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.run.PartitionVersion;
import io.fanin.model.run.RunId;
import io.fanin.model.run.UnmatchedNames;
import io.fanin.model.run.Usage;
import io.fanin.model.spec.SpecException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any content of a document in the state bucket is either read or refused by name, and does not affect others. */
class HostileDocumentsTest {

    private static final long SEED = 20261122;

    /** Results that a processor, custom or not, may have written. */
    @Test
    void resultObjectIsUnderstoodOrFailsItsBatch() {
        Random random = new Random(SEED);
        JsonNode result = json(result());
        List<String> texts = new ArrayList<>();
        for (String place : HostileJson.places(result)) {
            HostileJson.VALUES.stream()
                    .filter(value -> random.nextInt(24) == 0)
                    .forEach(value -> texts.add(HostileJson.with(result, place, value)));
        }
        for (int i = 0; i < 300; i++) {
            texts.add(HostileJson.mutated(result, random));
        }
        RunFixture fixture = new RunFixture();
        for (int i = 0; i < texts.size(); i++) {
            RunId run = new RunId("run-" + i);
            Pass pass = fixture.pass(run, 0, hours(4), 3);
            fixture.state.put("runs/" + run + "/pass-0/results/0.json", texts.get(i));

            pass.register();

            assertThat(fixture.partition(hour(3)).at("/Parameters/fanin.run").asText())
                    .as(texts.get(i))
                    .endsWith("/" + run + "/");
            assertThat(fixture.aws.glue().partitions("analytics", "flights")).hasSizeLessThanOrEqualTo(4);
        }
    }

    private static BatchResult result() {
        Inventory inventory = new Inventory(2, 2_048, Optional.of(Instant.parse("2013-02-09T00:00:00Z")), "abc");
        return new BatchResult(
                0,
                List.of(
                        new PartitionResult.Processed(
                                hour(0),
                                inventory,
                                OptionalLong.of(60),
                                Optional.of(inventory),
                                Map.of(),
                                Optional.of(new PartitionVersion(
                                        PartitionVersion.folder("0123456789abcdef", 1), List.of(""))),
                                new PartitionResult.LeftOut(3L, UnmatchedNames.NONE),
                                Optional.of(Instant.parse("2013-02-10T00:00:00Z"))),
                        new PartitionResult.Skipped(hour(1), "it holds no objects", true),
                        new PartitionResult.Failed(hour(2), new Failure(FailureCode.TRUNCATED, "cut short"))),
                OptionalLong.of(40),
                Optional.of(new Usage(Map.of("GetObject", 3L), 1.5)),
                Optional.of(Instant.parse("2013-02-10T00:00:00Z")));
    }

    static List<String> documents() {
        return Held.of().fixture().aws.s3().keys("state", "").stream()
                .filter(key -> key.endsWith(".json"))
                .toList();
    }

    /** A run that is held, and its pass. */
    private record Held(RunFixture fixture, Pass pass) {

        static Held of() {
            RunFixture fixture = new RunFixture();
            Pass pass = fixture.pass(RUN, 0, hours(3))
                    .looked("2013-02-08T02:00", "2013-02-08T01:00")
                    .failing(1);
            pass.register();
            assertThat(catchThrowable(() -> fixture.hold(RUN, 0, OptionalInt.of(0))))
                    .isInstanceOf(TablePartialException.class);
            return new Held(fixture, pass);
        }

        void redrive() {
            fixture.hold(RUN, 0, OptionalInt.of(1));
        }

        /** Registers once more, as an invocation does whose answer was lost, and by a later run. */
        void repeat() {
            pass.register();
            fixture.pass(LATER_RUN, 0, hours(3)).register();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentIsUnderstoodOrRefusedByItsName(String key) {
        Random random = new Random(SEED + key.hashCode());
        JsonNode document = json(Held.of().fixture().aws.s3().text("state", key).orElseThrow());
        List<String> places = HostileJson.places(document);
        for (int i = 0; i < 40; i++) {
            String text = i % 2 == 0
                    ? HostileJson.mutated(document, random)
                    : HostileJson.with(
                            document,
                            places.get(random.nextInt(places.size())),
                            HostileJson.VALUES.get(random.nextInt(HostileJson.VALUES.size())));
            for (boolean isRedriven : new boolean[] {true, false}) {
                Held held = Held.of();
                RunFixture fixture = held.fixture();
                fixture.newEnvironment();
                fixture.state.put(key, text);

                Throwable thrown = catchThrowable(isRedriven ? held::redrive : held::repeat);

                assertThat(thrown == null || names(thrown, key))
                        .as("%s of %s: %s", thrown, key, text)
                        .isTrue();
                assertThat(fixture.aws.glue().partitions("analytics", "flights"))
                        .hasSizeLessThanOrEqualTo(3);
            }
        }
    }

    private static boolean names(Throwable thrown, String key) {
        return thrown instanceof TablePartialException
                || thrown instanceof TableBusyException
                || thrown instanceof SpecException
                || thrown instanceof CatalogException
                || String.valueOf(thrown.getMessage()).contains(key);
    }

    private static JsonNode json(Object document) {
        return json(Json.text(document));
    }

    private static JsonNode json(String text) {
        return RunFixture.json(text);
    }
}
