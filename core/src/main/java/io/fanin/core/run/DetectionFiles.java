package io.fanin.core.run;

import io.fanin.core.json.Json;
import io.fanin.core.store.ObjectStore;
import io.fanin.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What an invocation of the detector has left in the run folder: what it saw, and the messages that it has taken. Their
 * names come from what they say, so that invocations side by side replace nothing of each other; whose count is said by the
 * manifest of the first pass.
 *
 * @param folder how the keys begin
 * @param token what names these documents, and no others
 */
public record DetectionFiles(ObjectStore store, String folder, String token) {

    /** Bytes of a SHA-256. */
    private static final int TOKEN_BYTES = 8;

    static DetectionFiles write(
            ObjectStore store, String folder, DetectionReport report, Optional<TakenMessages> messages) {
        String reportText = Json.text(report);
        Optional<String> messagesText = messages.map(Json::text);
        DetectionFiles files = new DetectionFiles(store, folder, token(reportText + messagesText.orElse("")));
        store.put(files.reportKey(), reportText);
        messagesText.ifPresent(text -> store.put(files.messagesKey(), text));
        return files;
    }

    /** Empty when it has expired. */
    public Optional<DetectionReport> findReport() {
        return store.document(reportKey(), DetectionReport.class);
    }

    /**
     * What the detector saw.
     *
     * @throws RunFolderException when it is gone
     */
    public DetectionReport report() {
        return findReport().orElseThrow(() -> RunFolderException.missing(store.uriOf(reportKey())));
    }

    /** Empty when no messages were taken that wait for the run's partitions. */
    public Optional<TakenMessages> takenMessages() {
        return store.document(messagesKey(), TakenMessages.class);
    }

    private String reportKey() {
        return folder + "detection-" + token + ".json";
    }

    private String messagesKey() {
        return folder + "queue-" + token + ".json";
    }

    private static String token(String text) {
        byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
    }
}
