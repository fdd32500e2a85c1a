package io.fanin.tablecreator;

import static io.fanin.tablecreator.RunFixture.RUN;
import static io.fanin.tablecreator.RunFixture.hour;
import static io.fanin.tablecreator.RunFixture.hours;
import static io.fanin.tablecreator.RunFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fanin.core.run.folder.RunFolderException;
import io.fanin.fakes.Fault;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.PartitionResult;
import io.fanin.model.spec.OnPartial;
import io.fanin.tablecreator.results.Receipts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Each partition of the manifest has exactly one result, whatever the processors have written. */
class FanInTest {

    private final RunFixture fixture = new RunFixture();

    @Test
    void resultsComeInTheOrderOfTheManifest() {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(250), 100).failing(1).fanIn();

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(250));
        assertThat(results.subList(100, 200)).allMatch(PartitionResult.Failed.class::isInstance);
        assertThat(results)
                .filteredOn(PartitionResult.Processed.class::isInstance)
                .hasSize(150);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {}",
                "[] | []",
                "7 | 7",
                "\"ok\" | \"ok\"",
                "\"a\\u0007b\" | \"a",
                "{\"batch\":1} | {\"batch\":1}",
                "{\"batch\":\"1\",\"ok\":1,\"failed\":0} | {\"batch\":\"1\",\"ok\":1,\"failed\":0}",
                "{\"batch\":1,\"ok\":true,\"failed\":0} | {\"batch\":1,\"ok\":true",
                "{\"batch\":1,\"error\":null} | {\"batch\":1,\"error\":null}",
                "{\"Error\":\"States.TaskFailed\",\"Cause\":\"\"} | {\"Error\":\"States.TaskFailed\",\"Cause\":\"\"}",
            })
    void receiptThatIsNotUnderstoodFailsItsBatchAloneAndIsShown(String receipt, String shown) {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(3)).receipt(1, json(receipt)).fanIn();

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(3));
        assertFailed(results, hour(1), "UnreadableReceipt", "the receipt of batch 1 was not understood");
        assertFailed(results, hour(1), "UnreadableReceipt", "got " + shown);
        assertFailed(results, hour(1), "UnreadableReceipt", "redrive");
        assertThat(results)
                .filteredOn(PartitionResult.Processed.class::isInstance)
                .hasSize(2);
    }

    @Test
    void receiptThatIsNullSaysThatThereWasNoAnswer() {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(3)).receipt(1, json("null")).fanIn();

        assertFailed(results, hour(1), "NoReceipt", "the processor gave no answer for batch 1");
        assertFailed(results, hour(1), "NoReceipt", "got null");
    }

    /** The Map of an engine may leave out what it tolerates: what follows is at another place then. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void receiptThatIsLeftOutSaysThatThereWasNoAnswer(int batch) {
        Pass pass = fixture.pass(RUN, 0, hours(3));
        ArrayNode receipts = pass.receipts();
        receipts.remove(batch);

        List<PartitionResult> results = pass.fanIn(receipts);

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(3));
        assertFailed(results, hour(batch), "NoReceipt", "the processor gave no answer for batch " + batch);
        assertFailed(results, hour(batch), "NoReceipt", "got nothing");
        assertThat(results)
                .filteredOn(PartitionResult.Processed.class::isInstance)
                .hasSize(2);
    }

    @Test
    void invalidReceiptIsQuotedShortOnOneLine() {
        String frames = "\"at a.B.c(B.java:1)\",".repeat(1_000);
        String receipt = "{\"errorMessage\":\"" + "long\\n\\u001b[31m".repeat(500) + "\",\"stackTrace\":[" + frames
                + "\"\"],\"" + "name\\u0007\\n".repeat(100) + "\":1}";

        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(3)).receipt(1, json(receipt)).fanIn();

        assertThat(results.get(1))
                .isInstanceOfSatisfying(
                        PartitionResult.Failed.class,
                        failed -> assertThat(failed.failure().message())
                                .hasSizeLessThan(600)
                                .doesNotContain("a.B.c")
                                .doesNotContainPattern("\\p{Cntrl}")
                                .contains("stackTrace\":[...]"));
    }

    @Test
    void receiptOfABatchOutsideTheManifestIsIgnored() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        ArrayNode receipts = pass.receipts();
        receipts.add(json("{\"batch\":99,\"ok\":1,\"failed\":0}")).add(json("{\"batch\":-1,\"error\":\"x\"}"));

        assertThat(pass.fanIn(receipts)).hasSize(2).allMatch(PartitionResult.Processed.class::isInstance);
        assertThat(Receipts.read(receipts).without(Set.of(0, 1))).containsExactly(-1, 99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "{\"batch\":0,\"ok\":1,\"failed\":0}", "\"garbage\"", "[null, null]"})
    void withoutReceiptsEveryPartitionHasFailed(String receipts) {
        List<PartitionResult> results = fixture.pass(RUN, 0, hours(3)).fanIn(json(receipts));

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(3));
        assertThat(results).allMatch(PartitionResult.Failed.class::isInstance);
    }

    @Test
    void missingReceiptsFailEveryPartition() {
        assertThat(fixture.pass(RUN, 0, hours(2)).fanIn((JsonNode) null))
                .hasSize(2)
                .allMatch(PartitionResult.Failed.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "Sandbox.Timedout,              smaller",
        "States.Timeout,                smaller",
        "Runtime.ExitError,             ProcessorMemory",
        "Runtime.OutOfMemory,           ProcessorMemory",
        "java.lang.OutOfMemoryError,    ProcessorMemory",
        "Lambda.TooManyRequestsException, MaxConcurrency",
        "java.lang.IllegalStateException, log group",
        "States.TaskFailed,             child execution in the Map run",
    })
    void lostProcessorFailsItsBatchUnderTheNameOfTheErrorAndSaysWhatToDo(String error, String advice) {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(4), 2).lost(1, error).fanIn();

        assertThat(results).hasSize(4);
        assertFailed(results, hour(2), error, advice);
        assertFailed(results, hour(3), error, advice);
    }

    @Test
    void lostProcessorFailsDespiteItsResultObject() {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(2)).lost(0, "Sandbox.Timedout").fanIn();

        assertFailed(results, hour(0), "Sandbox.Timedout", "gave no answer");
    }

    @Test
    void missingResultObjectIsAFailureWhateverTheReceiptSays() {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(3)).withoutResult(2).fanIn();

        assertFailed(results, hour(2), "NoResult", "wrote no result object");
        assertThat(results)
                .filteredOn(PartitionResult.Processed.class::isInstance)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "{\"batch\":1",
                "null",
                "[]",
                "{\"batch\":1}",
                "{\"batch\":1,\"partitions\":[null]}",
                "{\"batch\":1,\"partitions\":[{\"outcome\":\"unheard of\"}]}",
                "{\"batch\":1,\"partitions\":[{\"outcome\":\"processed\"}]}",
                "{\"batch\":1,\"partitions\":[{\"outcome\":\"failed\","
                        + "\"partition\":{\"values\":[\"2013-02-08\",\"1\"],\"prefix\":\"flights/dt=2013-02-08/hour=1/\"}}]}",
                "{\"batch\":1,\"partitions\":[{\"outcome\":\"processed\",\"inventory\":{\"files\":1},"
                        + "\"partition\":{\"values\":[\"2013-02-08\",\"1\"],\"prefix\":\"flights/dt=2013-02-08/hour=1/\"}}]}"
            })
    void resultObjectThatCannotBeReadFailsItsBatchAlone(String text) {
        List<PartitionResult> results =
                fixture.pass(RUN, 0, hours(3)).resultText(1, text).fanIn();

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(3));
        assertFailed(results, hour(1), "UnreadableResult", "s3://state/runs/nightly-1/pass-0/results/1.json");
    }

    @Test
    void partitionThatTheResultDoesNotNameHasFailed() {
        List<PartitionResult> results = fixture.pass(RUN, 0, hours(3), 3)
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)), Pass.sound(hour(2)))))
                .fanIn();

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(3));
        assertFailed(results, hour(1), "NoResult", "does not name this partition");
    }

    @Test
    void resultForAnotherPrefixIsNoneForThisPartition() {
        Partition elsewhere = new Partition(hour(1).values(), "flights_v2/dt=2013-02-08/hour=1/");

        List<PartitionResult> results = fixture.pass(RUN, 0, hours(2), 2)
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)), Pass.sound(elsewhere))))
                .fanIn();

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(2));
        assertFailed(results, hour(1), "NoResult", "does not name this partition");
    }

    @Test
    void resultForAPartitionOutsideTheManifestIsIgnored() {
        List<PartitionResult> results = fixture.pass(RUN, 0, hours(1))
                .result(new BatchResult(0, List.of(Pass.sound(hour(0)), Pass.sound(hour(7)))))
                .fanIn();

        assertThat(results).extracting(PartitionResult::partition).isEqualTo(hours(1));
    }

    @Test
    void partitionNamedTwiceIsSoundOnlyIfBothAre() {
        List<PartitionResult> results = fixture.pass(RUN, 0, hours(1))
                .result(new BatchResult(
                        0, List.of(Pass.failed(hour(0), "Truncated", "cut short"), Pass.sound(hour(0)))))
                .fanIn();

        assertFailed(results, hour(0), "Truncated", "cut short");
    }

    @Test
    void emptyManifestHasNoResults() {
        assertThat(fixture.pass(RUN, 1, List.of()).fanIn()).isEmpty();
    }

    @Test
    void manifestThatIsGoneIsNamed() {
        fixture.writeSpec(RUN, OnPartial.FAIL);

        assertThatThrownBy(() -> fixture.register(RUN, 0, json("[]")))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContainingAll("s3://state/runs/nightly-1/pass-0/manifest.json", "Start a new execution");
    }

    @Test
    void serviceThatDoesNotAnswerIsNoFailureOfAPartition() {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith("results/1.json"))
                .then(Fault.slowDown());

        assertThatThrownBy(pass::fanIn)
                .isInstanceOf(S3Exception.class)
                .hasMessageContaining("reduce your request rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "results/1.json"})
    void answerThatBreaksOffIsAskedForAgain(String object) {
        Pass pass = fixture.pass(RUN, 0, hours(2));
        fixture.aws
                .faults()
                .on("GetObject")
                .where(call -> call.target().endsWith(object))
                .first(1)
                .thenTruncate();

        assertThat(pass.fanIn()).hasSize(2).allMatch(PartitionResult.Processed.class::isInstance);
    }

    private static void assertFailed(List<PartitionResult> results, Partition partition, String error, String message) {
        assertThat(results)
                .filteredOn(result -> result.partition().equals(partition))
                .singleElement()
                .isInstanceOfSatisfying(PartitionResult.Failed.class, failed -> {
                    assertThat(failed.failure().error()).isEqualTo(error);
                    assertThat(failed.failure().message()).contains(message);
                });
    }
}
