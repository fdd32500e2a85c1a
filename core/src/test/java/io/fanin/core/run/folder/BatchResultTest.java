package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.BatchResult;
import io.fanin.model.run.Inventory;
import io.fanin.model.run.PartitionResult;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Results of batches in the run folder. */
class BatchResultTest {

    private final Runs runs = new Runs();
    private final RunFolder run = runs.folder("r1");

    @Test
    void resultIsReadAsWritten() {
        BatchResult result = new BatchResult(
                        7, List.of(Runs.processed(1), Runs.processed(2), Runs.failed(3), skipped(4)))
                .taking(Duration.ofMillis(1_250));

        run.writeResult(1, result);

        assertThat(run.result(1, 7)).hasValue(result);
        assertThat(run.result(0, 7)).isEmpty();
        assertThat(run.result(1, 8)).isEmpty();
        assertThat(runs.aws.s3().keys("state")).containsExactly("runs/r1/pass-1/results/7.json");
    }

    @Test
    void resultReplacesThatOfAnEarlierAttempt() {
        run.writeResult(0, new BatchResult(7, List.of(Runs.failed(1))));
        run.writeResult(0, new BatchResult(7, List.of(Runs.processed(1))));

        assertThat(run.result(0, 7)).hasValue(new BatchResult(7, List.of(Runs.processed(1))));
    }

    @Test
    void unreadableResultIsNamed() {
        runs.aws.s3().put("state", "runs/r1/pass-0/results/7.json", "{\"batch\":7,");

        assertThatThrownBy(() -> run.result(0, 7))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/runs/r1/pass-0/results/7.json cannot be read");
    }

    @Test
    void inventoryOfNothingIsReadBack() {
        Inventory none = new Inventory(0, 0, Optional.empty(), "0".repeat(64));

        String written = Json.text(none);

        assertThat(written).doesNotContain("newest");
        assertThat(Json.read(written, Inventory.class, "inventory")).isEqualTo(none);
    }

    @Test
    void resultOfAConversionIsReadBack() {
        PartitionResult converted = new PartitionResult.Processed(
                        new Partition(PartitionValues.of("7"), "flights/hour=7/", Optional.of("raw/7/")),
                        new Inventory(3, 4_000, Optional.empty(), "ab12"),
                        OptionalLong.of(5))
                .writing(new Inventory(1, 400, Optional.empty(), "cd34"))
                .with(Map.of("bad", "2"));

        assertThat(Json.read(Json.text(converted), PartitionResult.class, "result"))
                .isEqualTo(converted);
    }

    @Test
    void resultThatSaysNothingOfAConversionIsReadBack() {
        String written = Json.text(Runs.processed(7));

        assertThat(written).doesNotContain("source", "written", "parameters");
        assertThat(Json.read(written, PartitionResult.class, "result")).isEqualTo(Runs.processed(7));
    }

    private static PartitionResult skipped(int partition) {
        return new PartitionResult.Skipped(Runs.partition(partition), "nothing there yet");
    }
}
