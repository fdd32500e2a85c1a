package io.fanin.core.run.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanin.model.partition.Partition;
import io.fanin.model.run.detection.DetectionCounts;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.Reason;
import io.fanin.model.run.detection.TakenEntries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The start of a run whose detector is invoked more than once. */
class FirstPassTest {

    private static final TakenEntries TAKEN = new TakenEntries(List.of("inbox/analytics/flights/1.json"));

    private final Runs runs = new Runs();
    private final RunFolder run = runs.folder("r1");
    private final DetectionFiles first = run.writeDetection(saw(1), TAKEN);
    private final DetectionFiles second = run.writeDetection(saw(5), TakenEntries.NONE);

    @Test
    void detectionIsTheOneOfTheManifestThatStands() {
        begin(first, 1);

        FirstPass begun = begin(second, 5);

        assertThat(begun).isEqualTo(new FirstPass(ManifestSummary.of(1), first));
        assertThat(begun.detection().report()).isEqualTo(saw(1));
        assertThat(run.begun()).hasValue(begun);
        assertThat(run.detection()).hasValue(first);
        assertThat(first.takenEntries()).hasValue(TAKEN);
        assertThat(second.takenEntries()).isEmpty();
    }

    @Test
    void lostAnswerOfTheManifestIsStillItsOwn() {
        runs.aws.faults().on("PutObject").first(1).thenDropAfter();

        assertThat(begin(first, 1)).isEqualTo(new FirstPass(ManifestSummary.of(1), first));
    }

    @Test
    void namesComeFromWhatTheDocumentsSay() {
        assertThat(runs.folder("r1").writeDetection(saw(1), TAKEN))
                .extracting(DetectionFiles::token)
                .isEqualTo(first.token());
        assertThat(run.writeDetection(saw(1), TakenEntries.NONE).token()).isNotEqualTo(first.token());
        assertThat(first.token()).matches("[0-9a-f]{16}").isNotEqualTo(second.token());
        assertThat(runs.aws.s3().keys("state"))
                .contains("runs/r1/detection-" + first.token() + ".json", "runs/r1/taken-" + first.token() + ".json");
    }

    @Test
    void runHasNotBegunWithoutAManifest() {
        assertThat(run.begun()).isEmpty();
        assertThat(run.detection()).isEmpty();
    }

    @Test
    void partitionsOfTheFirstPassAreReadWithIt() {
        begin(first, 2);
        Runs.manifest(run, 1, List.of(Runs.partition(1)));
        List<Partition> planned = new ArrayList<>();
        runs.aws.log().reset();

        assertThat(run.begun(batch -> planned.addAll(batch.partitions()))).isPresent();

        assertThat(planned).containsExactly(Runs.partition(0), Runs.partition(1));
        assertThat(runs.aws.log().calls()).hasSize(1);
    }

    @Test
    void manifestThatNamesNoDetectionIsSaidSo() {
        Runs.manifest(run, 0, List.of(Runs.partition(0)));

        assertThat(run.detection()).isEmpty();
        assertThatThrownBy(() -> run.begun())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("s3://state/runs/r1/detection-");
    }

    @Test
    void detectionThatHasExpiredIsMissedByName() {
        begin(first, 1);
        runs.aws.s3().delete("state", "runs/r1/detection-" + first.token() + ".json");

        assertThat(first.findReport()).isEmpty();
        assertThatThrownBy(first::report)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContainingAll("detection-" + first.token() + ".json", "expired");
    }

    private FirstPass begin(DetectionFiles detection, int partitions) {
        List<Partition> work = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            work.add(Runs.partition(i));
        }
        return run.begin(detection, work.iterator(), ManifestSummary.of(partitions), "");
    }

    private static DetectionReport saw(long news) {
        return DetectionReport.unseen(
                new DetectionCounts.Pending(Map.of(Reason.NEW, news), List.of()), DetectionCounts.Skips.NONE);
    }
}
