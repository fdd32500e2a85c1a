package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.partition.Partition;
import io.fanin.model.partition.PartitionValues;
import io.fanin.model.run.Batch;
import io.fanin.model.run.detection.RecordChange;
import io.fanin.model.spec.processor.ProcessorSpec;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private final Runs runs = new Runs();
    private final RunFolder run = runs.folder("r1");

    @ParameterizedTest(name = "{0} partitions make {1} batches of {2} to {3}")
    @CsvSource({
        "0, 0, 0, 0",
        "1, 1, 1, 1",
        "24, 24, 1, 1",
        "2500, 2500, 1, 1",
        "2501, 2500, 1, 2",
        "4999, 2500, 1, 2",
        "5000, 2500, 2, 2",
        "7000, 2500, 2, 3",
    })
    void partitionsAreSpreadEvenlyInTheirOrder(int partitions, int batches, int smallest, int largest) {
        List<Partition> given = partitions(partitions);

        assertThat(Runs.manifest(run, 0, given)).isEqualTo(new ManifestSummary(partitions, batches));

        List<Batch> read = batches();
        assertThat(read)
                .extracting(Batch::id)
                .isEqualTo(IntStream.range(0, batches).boxed().toList());
        assertThat(read).allSatisfy(batch -> assertThat(batch.partitions()).hasSizeBetween(smallest, largest));
        assertThat(read.stream().flatMap(batch -> batch.partitions().stream())).isEqualTo(given);
        assertThat(Runs.manifest(run, 0, List.of()))
                .as("what stands")
                .isEqualTo(new ManifestSummary(partitions, batches));
    }

    @ParameterizedTest(name = "{0} partitions, {1} or shared {2} a batch at most, make {3} batches")
    @CsvSource({
        "0, 10, 10, 0",
        "1, 10, 10, 1",
        "10, 10, 10, 1",
        "11, 10, 10, 2",
        "25000, 10, 10, 2500",
        "25001, 10, 10, 2500",
        "0, 1, 16, 0",
        "1000, 1, 16, 1000",
        "1001, 1, 16, 1000",
        "16000, 1, 16, 1000",
        "16001, 1, 16, 1001",
        "40000, 1, 16, 2500",
        "40001, 1, 16, 2500",
    })
    void batchesMayBeLarger(int partitions, int perBatch, int perShared, int batches) {
        List<Partition> given = partitions(partitions);

        ManifestSummary written = run.writeManifest(
                0, given, ManifestSummary.of(partitions, perBatch, perShared), "", RecordChange.of("r0"));

        assertThat(written).isEqualTo(new ManifestSummary(partitions, batches));
        assertThat(batches()).hasSize(batches);
        assertThat(batches().stream().flatMap(batch -> batch.partitions().stream()))
                .isEqualTo(given);
    }

    @Test
    void onlyValidationSharesBatchesBeforeThereAreTooMany() {
        assertThat(ManifestSummary.of(1_600, ProcessorSpec.Validate.DEFAULT).batches())
                .isEqualTo(1_000);
        assertThat(ManifestSummary.of(1_600, new ProcessorSpec.Custom("any", Optional.empty()))
                        .batches())
                .isEqualTo(1_600);
    }

    @Test
    void manifestIsWrittenAsTheStateMachineReadsIt() {
        Runs.manifest(run, 3, List.of(new Partition(PartitionValues.of("2013-02-08", "1\"7"), "é/hour=1%227/")));

        assertThat(runs.aws.s3().text("state", "runs/r1/pass-3/manifest.json"))
                .hasValue("[{\"id\":0,\"partitions\":"
                        + "[{\"values\":[\"2013-02-08\",\"1\\\"7\"],\"prefix\":\"é/hour=1%227/\"}]}]");
        assertThat(run.manifestKey(3)).isEqualTo("runs/r1/pass-3/manifest.json");
    }

    @Test
    void manifestIsWrittenOnceAndTheSecondWriterIsToldTheFirst() {
        Runs.manifest(run, 0, partitions(3));

        ManifestSummary second = Runs.manifest(runs.folder("r1"), 0, partitions(5));

        assertThat(second).isEqualTo(new ManifestSummary(3, 3));
        assertThat(batches()).hasSize(3);
    }

    @Test
    void lostAnswerOfTheWriteIsStillTheSameManifest() {
        runs.aws.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(Runs.manifest(run, 0, partitions(3))).isEqualTo(new ManifestSummary(3, 3));
        assertThat(batches()).hasSize(3);
    }

    @Test
    void passesHaveManifestsOfTheirOwn() {
        Runs.manifest(run, 0, partitions(3));
        Runs.manifest(run, 1, partitions(1));

        assertThat(Runs.manifest(run, 0, List.of())).isEqualTo(new ManifestSummary(3, 3));
        assertThat(Runs.manifest(run, 1, List.of())).isEqualTo(new ManifestSummary(1, 1));
        assertThat(Runs.manifest(run, 2, List.of())).isEqualTo(new ManifestSummary(0, 0));
    }

    @Test
    void missingManifestIsNamed() {
        assertThatThrownBy(this::batches)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("s3://state/runs/r1/pass-0/manifest.json");
    }

    /** Half a manifest that looks whole would lose partitions silently. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[",
                "[{\"id\":0,\"partitions\":[]}",
                "[{\"id\":0,\"partitions\":[]},",
                "[{\"id\":0,\"partitions\":[]},null,{\"id\":1,\"partitions\":[]}]",
                "[1,2]",
                "[{\"id\":0,\"partitions\":[null]}]",
                "[{\"id\":0,\"partitions\":[{\"values\":[null],\"prefix\":\"flights/hour=1/\"}]}]",
            })
    void manifestThatIsNotWholeIsNotRead(String text) {
        runs.aws.s3().put("state", "runs/r1/pass-0/manifest.json", text);

        assertThatThrownBy(this::batches)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("s3://state/runs/r1/pass-0/manifest.json cannot be read");
    }

    @Test
    void answerThatBreaksOffIsNotTakenForTheWholeManifest() {
        Runs.manifest(run, 0, partitions(3));
        runs.aws.faults().on("GetObject").first(4).thenTruncate();

        assertThatThrownBy(this::batches).hasStackTraceContaining("Premature EOF");
        assertThat(batches()).hasSize(3);
    }

    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        run.readManifest(0, batches::add);
        return batches;
    }

    private static List<Partition> partitions(int count) {
        return IntStream.range(0, count).mapToObj(Runs::partition).toList();
    }
}
