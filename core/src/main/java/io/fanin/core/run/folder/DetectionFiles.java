package io.fanin.core.run.folder;

import io.fanin.core.store.ObjectStore;
import io.fanin.model.json.Json;
import io.fanin.model.run.detection.DetectionReport;
import io.fanin.model.run.detection.TakenEntries;
import io.fanin.model.text.Sha256;
import java.util.Optional;

/**
 * The files of one invocation of the detector in the run folder: its findings, and the inbox entries that it has taken
 * over. Documents that are not part of the run's start are named after their content, so that concurrent invocations do
 * not overwrite each other's; the manifest of the first pass determines which of them apply.
 *
 * @param token a name unique to these documents
 */
public record DetectionFiles(ObjectStore store, RunFolder run, String token) {

    /** Writes the files that do not exist yet. */
    void write(DetectionReport report, TakenEntries taken) {
        if (inStart().isEmpty()) {
            store.put(reportKey(), Json.text(report));
        }
        taken.any().ifPresent(entries -> store.put(takenKey(), Json.text(entries)));
    }

    /** The findings; empty if they have expired. */
    public Optional<DetectionReport> findReport() {
        return inStart().or(() -> store.document(reportKey(), DetectionReport.class));
    }

    private Optional<DetectionReport> inStart() {
        return run.start().flatMap(start -> start.detected(token));
    }

    /**
     * The detector's findings.
     *
     * @throws RunFolderException if they are gone
     */
    public DetectionReport report() {
        return findReport().orElseThrow(() -> RunFolderException.missing(store.uriOf(reportKey())));
    }

    /** The entries taken over; empty if there are none. */
    public Optional<TakenEntries> takenEntries() {
        return store.document(takenKey(), TakenEntries.class);
    }

    private String reportKey() {
        return run.keys().detection(token);
    }

    private String takenKey() {
        return run.keys().taken(token);
    }

    static String token(DetectionReport report, TakenEntries taken) {
        return Sha256.token(Json.text(report) + taken.any().map(Json::text).orElse(""));
    }
}
