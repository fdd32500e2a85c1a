package io.fanin.core.run.folder;

import io.fanin.core.json.Json;
import io.fanin.core.run.detection.DetectionReport;
import io.fanin.core.run.detection.TakenEntries;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.text.Sha256;
import java.util.Optional;

/**
 * What an invocation of the detector has left in the run folder: what it saw, and the entries of the inbox that it has taken over. What the
 * run's start does not hold lies in documents whose names come from what they say, so that invocations side by side replace
 * nothing of each other; whose count is said by the manifest of the first pass.
 *
 * @param token what names these documents, and no others
 */
public record DetectionFiles(ObjectStore store, RunFolder run, String token) {

    /** Writes what is not there yet. */
    void write(DetectionReport report, Optional<TakenEntries> taken) {
        if (inStart().isEmpty()) {
            store.put(reportKey(), Json.text(report));
        }
        taken.ifPresent(entries -> store.put(takenKey(), Json.text(entries)));
    }

    /** Empty when it has expired. */
    public Optional<DetectionReport> findReport() {
        return inStart().or(() -> store.document(reportKey(), DetectionReport.class));
    }

    private Optional<DetectionReport> inStart() {
        return run.start().flatMap(start -> start.detected(token));
    }

    /**
     * What the detector saw.
     *
     * @throws RunFolderException when it is gone
     */
    public DetectionReport report() {
        return findReport().orElseThrow(() -> RunFolderException.missing(store.uriOf(reportKey())));
    }

    /** Empty when none were taken over. */
    public Optional<TakenEntries> takenEntries() {
        return store.document(takenKey(), TakenEntries.class);
    }

    private String reportKey() {
        return run.key("detection-" + token + ".json");
    }

    private String takenKey() {
        return run.key("taken-" + token + ".json");
    }

    static String token(DetectionReport report, Optional<TakenEntries> taken) {
        return Sha256.token(Json.text(report) + taken.map(Json::text).orElse(""));
    }
}
