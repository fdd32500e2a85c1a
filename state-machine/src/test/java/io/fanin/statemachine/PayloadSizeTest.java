package io.fanin.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanin.model.json.Json;
import io.fanin.model.layout.Skip;
import io.fanin.model.layout.SkipReason;
import io.fanin.model.run.PartitionLabel;
import io.fanin.model.run.Receipt;
import io.fanin.model.run.Tally;
import io.fanin.model.run.detection.CatalogChanges;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionSummary;
import io.fanin.model.run.detection.MissingPeriods;
import io.fanin.model.run.detection.Plan;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.run.detection.Vanished;
import io.fanin.model.table.Column;
import io.fanin.statemachine.simulation.Paths;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A state holds at most 256 KiB, including all receipts of a pass. */
class PayloadSizeTest {

    private static final int STATE = 256 * 1024;
    private static final int BATCHES = 2_500;
    private static final int LAST_BATCH = BATCHES - 1;

    /** The bytes in the state besides the receipts: references, counts, samples of findings. */
    private static final int REST = 40 * 1024;

    /** The bytes of references among these: names, ARNs and counts. */
    private static final int REFERENCES = 3 * 1024;

    private static final int RECEIPT = (STATE - REST) / BATCHES - ",".length();

    /** The longest error name for which a receipt has room. */
    private static final int NAME = RECEIPT - "{\"batch\":2499,\"error\":\"\"}".length();

    private static final Map<String, Workflow> ITERATIONS = Stream.of(
                    "Fan out over partitions", "Fan out over Glue jobs")
            .collect(
                    Collectors.toMap(Function.identity(), Definition.committed().workflow()::inner));

    /** The longest name of an unknown error: 256 characters. */
    private static final String FOREIGN = "org.example.".repeat(30).substring(0, 256);

    @Test
    void aReceiptIsSmall() {
        assertThat(size(Json.documents().valueToTree(new Receipt.Processed(LAST_BATCH, 1_000, 1_000))))
                .isLessThanOrEqualTo(60);
    }

    static Stream<String> longNames() {
        return Stream.of(
                "Lambda.ClientExecutionTimeoutException",
                "Lambda.SubnetIPAddressLimitReachedException",
                "Lambda.SnapStartRegenerationFailureException",
                "States.ExceedToleratedFailureThreshold",
                "software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException",
                "software.amazon.awssdk.services.s3.model.ObjectNotInActiveTierErrorException",
                FOREIGN.substring(0, 112),
                FOREIGN,
                "\u6f22".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("longNames")
    void aPassOfWhichEveryBatchFailsFitsIntoAState(String error) {
        for (String map : List.of("Fan out over partitions", "Fan out over Glue jobs")) {
            ArrayNode receipts = JsonNodeFactory.instance.arrayNode();
            for (int batch = 0; batch < BATCHES; batch++) {
                receipts.add(recorded(map, batch, error));
            }
            assertThat(size(receipts)).as(map).isLessThanOrEqualTo(STATE - REST);
        }
    }

    @Test
    void whatStandsBesideTheReceiptsIsBounded() {
        String text = "\u6f22".repeat(1_024);
        List<PartitionLabel> named = Collections.nCopies(Tally.SAMPLE, new PartitionLabel(text, text, text));
        DetectionCounts counts = new DetectionCounts(
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                new DetectionCounts.Pending(
                        counts(Reason.class),
                        Arrays.stream(Reason.values())
                                .flatMap(reason ->
                                        Collections.nCopies(10, new Plan.Planned(reason, text, text)).stream())
                                .toList()),
                new Tally(Long.MAX_VALUE, named),
                new Tally(Long.MAX_VALUE, named),
                new MissingPeriods(
                        Long.MAX_VALUE,
                        Collections.nCopies(
                                100, new MissingPeriods.Stretch("2013-02-08T05:00:00", "2013-02-08T06:00:00", 2))),
                new DetectionCounts.Skips(
                        counts(SkipReason.class),
                        Collections.nCopies(100, new Skip(text, SkipReason.NOT_IN_LAYOUT, text))),
                new CatalogChanges(
                        Optional.of(new Vanished(
                                Long.MAX_VALUE, named, Long.MAX_VALUE, Optional.of(text), Optional.of("too many"))),
                        Collections.nCopies(10_000, new Column(text, text))));

        assertThat(size(Json.documents().valueToTree(DetectionSummary.of(counts))))
                .isLessThanOrEqualTo(REST - REFERENCES);
    }

    private static <E extends Enum<E>> Map<E, Long> counts(Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants())
                .collect(Collectors.toMap(
                        Function.identity(), one -> Long.MAX_VALUE, (a, b) -> a, () -> new EnumMap<>(kind)));
    }

    @Test
    void recordedNamesOfJavasErrorsAreShort() throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> classes = Files.walk(modules.resolve("java.base/java"))) {
            assertThat(classes.map(file -> modules.resolve("java.base")
                                    .relativize(file)
                                    .toString())
                            .filter(file -> file.matches("[^$]*(Exception|Error|Throwable)\\.class"))
                            .map(file -> file.replace(".class", "").replace('/', '.')))
                    .contains("java.lang.IllegalStateException")
                    .allSatisfy(error -> assertThat(error).hasSizeLessThanOrEqualTo(NAME));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "core", "processor"})
    void recordedNamesOfOurErrorsAreShort(String module) throws IOException {
        Path sources = Repository.ROOT.resolve(module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(files.map(file -> sources.relativize(file).toString())
                            .filter(file -> file.endsWith("Exception.java"))
                            .map(file -> file.substring(0, file.length() - ".java".length())))
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error).hasSizeLessThanOrEqualTo(NAME));
        }
    }

    /** An error that is retried by its name is recorded under that name when all retries have failed. */
    @Test
    void namesThatAreRetriedAreRecorded() {
        Workflow iteration = Definition.committed().workflow().inner("Fan out over partitions");
        iteration
                .state("Process partition")
                .get("Retry")
                .forEach(retry -> retry.get("ErrorEquals")
                        .forEach(name -> assertThat(recorded("Fan out over partitions", 1, name.textValue())
                                        .get("error"))
                                .isEqualTo(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sandbox.Timedout",
                "Runtime.ExitError",
                "States.Timeout",
                "java.lang.IllegalStateException",
                "io.fanin.core.run.folder.RunFolderException"
            })
    void aRecordedFailureIsAReceiptUnderItsName(String error) {
        assertThat(Receipt.read(recorded("Fan out over partitions", 17, error))).contains(new Receipt.Lost(17, error));
    }

    @Test
    void aFailureOfForeignNameIsAReceiptToo() {
        assertThat(Receipt.read(recorded("Fan out over Glue jobs", 17, FOREIGN)))
                .contains(new Receipt.Lost(17, "States.TaskFailed"));
    }

    /** The receipt that the states after the Catch make from a failure. */
    private static JsonNode recorded(String map, int batch, String error) {
        Workflow iteration = ITERATIONS.get(map);
        ObjectNode input = Json.documents().createObjectNode();
        input.putObject("batch").put("id", batch);
        input.putObject("error").put("Error", error).put("Cause", "a long text that must not be kept");
        String caught = iteration.states().values().stream()
                .flatMap(state -> state.path("Catch").valueStream())
                .filter(catcher -> catcher.path("ResultPath").textValue().equals("$.error"))
                .map(catcher -> catcher.get("Next").textValue())
                .findFirst()
                .orElseThrow();
        for (JsonNode rule : iteration.state(caught).get("Choices")) {
            if (Paths.matches(rule.get("StringMatches").textValue(), error)) {
                JsonNode pass = iteration.state(rule.get("Next").textValue());
                return Paths.fill(pass.get("Parameters"), input, input);
            }
        }
        throw new AssertionError("no rule for " + error);
    }

    private static int size(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
