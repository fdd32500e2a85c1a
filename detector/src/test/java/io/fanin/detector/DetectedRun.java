package io.fanin.detector;

import io.fanin.core.run.folder.DetectionFiles;
import io.fanin.core.run.folder.RunFolder;
import io.fanin.core.run.folder.RunStart;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import io.fanin.model.partition.Partition;
import io.fanin.model.run.detection.DetectionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The detection in a run's folder. */
record DetectedRun(FakeS3 s3, RunFolder folder) {

    /** The detector's findings, whether the run acts on them or there was nothing new. */
    Optional<DetectionReport> detection() {
        return folder.detection().map(DetectionFiles::report).or(this::onlyDetection);
    }

    private Optional<DetectionReport> onlyDetection() {
        String prefix = "runs/" + folder.run() + "/";
        List<String> others = s3.keys("state", prefix + "detection-");
        if (!others.isEmpty()) {
            throw new AssertionError("no manifest says whether the detection of spec.json counts, or " + others);
        }
        return s3.text("state", prefix + "spec.json")
                .flatMap(text ->
                        Json.read(text, RunStart.class, folder.run().value()).detected());
    }

    /** The partitions that the run's Map would process. */
    List<Partition> work() {
        List<Partition> work = new ArrayList<>();
        folder.readManifest(0, batch -> work.addAll(batch.partitions()));
        return work;
    }
}
