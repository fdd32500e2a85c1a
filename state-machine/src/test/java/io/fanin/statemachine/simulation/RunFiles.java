package io.fanin.statemachine.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fanin.fakes.FakeS3;
import io.fanin.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The documents in the state bucket as JSON; a missing node if one does not exist. */
record RunFiles(FakeS3 s3) {

    static final String RECORD = "tables/" + HistoryWorld.DATABASE + "/" + HistoryWorld.TABLE + "/state.json";
    static final String LEASE = "tables/" + HistoryWorld.DATABASE + "/" + HistoryWorld.TABLE + "/lease.json";

    JsonNode record() {
        return read(RECORD);
    }

    JsonNode lease() {
        return read(LEASE);
    }

    JsonNode report(String run, int pass) {
        return read("runs/" + run + "/pass-" + pass + "/report.json");
    }

    /** The mode of a run's detection; absent if its spec does not exist. */
    Optional<String> mode(String run) {
        return Optional.of(read("runs/" + run + "/spec.json").at("/detection/mode"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /** Whether a run's detection had no earliest period. */
    boolean sawAll(String run) {
        return detections(run).noneMatch(detection -> detection.has("from"));
    }

    /** The findings of a run's detection: in a file of its own, or in the run's spec. */
    private Stream<JsonNode> detections(String run) {
        return Stream.concat(
                s3.keys(HistoryWorld.STATE_BUCKET, "runs/" + run + "/detection-").stream()
                        .map(this::read),
                Stream.of(read("runs/" + run + "/spec.json").path("detected")));
    }

    /** The prefixes that a run's detection found waiting. */
    List<String> waiting(String run) {
        List<String> waiting = new ArrayList<>();
        detections(run)
                .flatMap(detection ->
                        StreamSupport.stream(detection.at("/waiting/sample").spliterator(), false))
                .forEach(one -> waiting.add(one.path("prefix").asText()));
        return waiting;
    }

    /** The values of the partitions that a run has planned to process. */
    List<List<String>> planned(String run) {
        List<List<String>> planned = new ArrayList<>();
        read("runs/" + run + "/pass-0/manifest.json")
                .forEach(batch ->
                        batch.path("partitions").forEach(partition -> planned.add(values(partition.path("values")))));
        return planned;
    }

    /** The URI of a run's folder. */
    static String folder(String run) {
        return "s3://" + HistoryWorld.STATE_BUCKET + "/runs/" + run + "/";
    }

    /** The outcome of each partition of a batch; those without a result are missing. */
    Map<List<String>, String> outcomes(String folder, JsonNode batch) {
        Map<List<String>, String> outcomes = new HashMap<>();
        read(folder + "results/" + batch.path("id").asInt() + ".json")
                .path("partitions")
                .forEach(one -> outcomes.put(
                        values(one.at("/partition/values")), one.path("outcome").asText()));
        return outcomes;
    }

    /** The folder of the run's last pass that has a manifest. */
    String lastPass(String run) {
        int pass = 0;
        while (read("runs/" + run + "/pass-" + (pass + 1) + "/manifest.json").isArray()) {
            pass++;
        }
        return "runs/" + run + "/pass-" + pass + "/";
    }

    JsonNode read(String key) {
        Optional<String> text = s3.text(HistoryWorld.STATE_BUCKET, key);
        try {
            return text.isEmpty() ? MissingNode.getInstance() : Json.documents().readTree(text.get());
        } catch (JsonProcessingException e) {
            throw new AssertionError(key + " is not JSON", e);
        }
    }

    static List<String> values(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }
}
